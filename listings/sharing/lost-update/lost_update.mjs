import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

let count = 0;

async function threeCalls() {
  return Promise.all([
    countCall(1, 5000),
    countCall(2, 8000),
    countCall(3, 2000),
  ]);
}

async function countCall(call, delay) {
  const before = count;
  await randomAdd(call, delay);
  count = before + 1;
  return count;
}

async function randomAdd(call, delay) {
  console.log(`call ${call} starts`);
  await sleep(delay);
  const numbers = Array.from({ length: 5 }, () => randomInt(1, 101));
  const sum = numbers.reduce((total, number) => total + number);
  console.log(`call ${call} returns: [${numbers.join(", ")}] add up to ${sum}`);
  return sum;
}

const counts = await threeCalls();
assert.deepEqual(counts, [1, 1, 1]);
assert.equal(count, 1);
