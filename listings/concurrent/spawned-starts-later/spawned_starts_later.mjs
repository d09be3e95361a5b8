import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

async function twoCalls() {
  const first = randomAdd(1, 5000);
  await randomAdd(2, 8000);
  await first;
}

async function randomAdd(call, delay) {
  console.log(`call ${call} starts`);
  await sleep(delay);
  const numbers = Array.from({ length: 5 }, () => randomInt(1, 101));
  const sum = numbers.reduce((total, number) => total + number);
  console.log(`call ${call} returns: [${numbers.join(", ")}] add up to ${sum}`);
  return sum;
}

await twoCalls();
