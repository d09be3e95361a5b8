import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

async function threeCalls() {
  const stream = results();
  await sleep(3000);
  const sums = [];
  for await (const sum of stream) {
    sums.push(sum);
    await sleep(1000);
  }
  return sums;
}

async function* results() {
  for (const [i, delay] of [5000, 8000, 2000].entries()) {
    yield await randomAdd(i + 1, delay);
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

console.log(`the sums, in the order of the calls: [${(await threeCalls()).join(", ")}]`);
