// Runs a program on a virtual clock and reports what it did, and when.
//
//     node virtual_clock.mjs join.mjs
//
// The clock stands still while the program computes, and jumps when it waits: for
// `Atomics.wait`, and for a timer when there is nothing else to do. So the times are
// exact, and waiting costs nothing.
//
// What the program prints and the sleeps that it asks for are written to standard
// output as one JSON document, stamped in nanoseconds, and with it when the main module
// returned and when the program ended: Node stays for as long as a timer is set.
// Standard error is left alone: what Node says there is what the reader of the book
// would see.

import { writeSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** The virtual time in milliseconds, the unit of all that is called `delay`. */
let now = 0;
const events = [];
const pending = new Set();

const nanoseconds = (milliseconds) => Math.round(milliseconds * 1e6);

function noteSleep(delay) {
  events.push({ at_ns: nanoseconds(now), sleep_ns: nanoseconds(delay) });
}

class Timer {
  constructor(delay, callback) {
    noteSleep(delay);
    // Node's own rule: what is no delay, or too long for one, is a millisecond.
    const valid = delay >= 1 && delay <= 2 ** 31 - 1;
    this.due = now + (valid ? Math.trunc(delay) : 1);
    this.callback = callback;
    pending.add(this);
  }
}

function setTimeout(callback, delay, ...values) {
  return new Timer(Number(delay ?? 1), () => callback(...values));
}

function clearTimeout(timer) {
  pending.delete(timer);
}

function sleep(delay, value, options) {
  if (options !== undefined) {
    throw new Error("the virtual clock does not know the options of a sleep");
  }
  return new Promise((resolve) => setTimeout(resolve, delay, value));
}

/** Fires the timer that is due first; of several, the one that was set first. */
function fireNext() {
  let next;
  for (const timer of pending) {
    if (next === undefined || timer.due < next.due) {
      next = timer;
    }
  }
  pending.delete(next);
  // A timer that fell due while the thread was blocked fires late, not in the past.
  now = Math.max(now, next.due);
  next.callback();
}

function wait(array, index, value, timeout = Infinity) {
  if (Atomics.load(array, index) !== value) {
    return "not-equal";
  }
  if (timeout === Infinity) {
    throw new Error(
      "the virtual clock knows one thread only: nobody would wake it",
    );
  }
  noteSleep(timeout);
  now += timeout;
  return "timed-out";
}

function unknown(name) {
  return () => {
    throw new Error(`the virtual clock does not know ${name}`);
  };
}

let unfinished = "";
let returned;

function write(chunk, ...rest) {
  const lines = (unfinished + chunk).split("\n");
  unfinished = lines.pop();
  for (const line of lines) {
    events.push({ at_ns: nanoseconds(now), line });
  }
  rest.find((argument) => typeof argument === "function")?.();
  return true;
}

setTimeout[promisify.custom] = sleep;
const setInterval = unknown("setInterval");
Object.assign(timers, { setTimeout, clearTimeout, setInterval });
Object.assign(globalThis, { setTimeout, clearTimeout, setInterval });
Object.assign(timersPromises, { setTimeout: sleep, setInterval });
timersPromises.scheduler.wait = unknown("scheduler.wait");
Atomics.wait = wait;
Date.now = performance.now = () => now;
process.stdout.write = write;
// What the program imports must be virtual already, because it imports single names.
syncBuiltinESMExports();

// Node says so when it has nothing to do any more; that is when the clock may jump. The
// timer is fired by an immediate, because only that keeps Node from leaving.
process.on("beforeExit", () => {
  if (pending.size > 0) {
    setImmediate(fireNext);
  }
});

process.on("exit", (code) => {
  if (code === 0) {
    if (unfinished !== "") {
      write("\n");
    }
    const report = {
      events,
      returned_ns: returned ?? nanoseconds(now),
      ended_ns: nanoseconds(now),
    };
    writeSync(1, JSON.stringify(report) + "\n");
  }
});

process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]));
returned = nanoseconds(now);
