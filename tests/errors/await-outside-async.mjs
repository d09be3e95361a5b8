import { setTimeout as sleep } from "node:timers/promises";

function threeCalls() {
  await randomAdd(1, 5000);
}

async function randomAdd(call, delay) {
  console.log(`call ${call} starts`);
  await sleep(delay);
}

threeCalls();
