import { randomInt } from "node:crypto";

function threeCalls() {
  randomAdd(1, 5000);
  randomAdd(2, 8000);
  randomAdd(3, 2000);
}

function randomAdd(call, delay) {
  console.log(`call ${call} starts`);
  sleep(delay);
  const numbers = Array.from({ length: 5 }, () => randomInt(1, 101));
  const sum = numbers.reduce((total, number) => total + number);
  console.log(`call ${call} returns: [${numbers.join(", ")}] add up to ${sum}`);
  return sum;
}

// Node has no blocking sleep. What comes close is to wait, for so long at most,
// until a number in shared memory changes; nobody else has this memory.
function sleep(delay) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delay);
}

threeCalls();
