import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

async function inSixSeconds() {
  return Promise.race([callTwo(), sleep(6000)]);
}

async function callTwo() {
  try {
    return await randomAdd(2, 8000);
  } finally {
    console.log("cleaned up");
  }
}

async function randomAdd(call, delay) {
  console.log(`call ${call} starts`);
  await sleep(delay);
  const numbers = Array.from({ length: 5 }, () => randomInt(1, 101));
  const sum = numbers.reduce((total, number) => total + number);
  console.log(`call ${call} returns: [${numbers.join(", ")}] add up to ${sum}`);
  return sum;
}

const sum = await inSixSeconds();
if (sum === undefined) {
  console.log("no sum: deadline has elapsed");
} else {
  console.log(`the sum: ${sum}`);
}
