import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

class NoNumbers extends Error {}

async function threeCalls() {
  return Promise.all([
    randomAdd(1, 5000),
    randomAdd(2, 8000),
    randomAdd(3, 2000),
  ]);
}

async function randomAdd(call, delay) {
  console.log(`call ${call} starts`);
  await sleep(delay);
  if (call === 3) {
    console.log(`call ${call} fails: no numbers`);
    throw new NoNumbers(`call ${call} found no numbers`);
  }
  const numbers = Array.from({ length: 5 }, () => randomInt(1, 101));
  const sum = numbers.reduce((total, number) => total + number);
  console.log(`call ${call} returns: [${numbers.join(", ")}] add up to ${sum}`);
  return sum;
}

try {
  const sums = await threeCalls();
  console.log(`the sums, in the order of the calls: [${sums.join(", ")}]`);
} catch (error) {
  console.log(`the program hears of it at once: ${error.message}`);
}
