"""Runs a program on a virtual clock and reports what it did, and when.

    python3 virtual_clock.py join.py

The clock stands still while the program computes, and jumps when it waits: for
`time.sleep`, and for an event loop that has nothing to do until its next timer. So
the times are exact, and waiting costs nothing.

What the program prints, the sleeps that it asks for and those that are cancelled are
written to standard output as one JSON document, stamped in nanoseconds, and with it
when the main module returned and when the program ended. Standard error is left
alone: what Python says there is what the reader of the book would see.
"""

import asyncio
import io
import json
import os
import runpy
import selectors
import sys
import threading
import time


class Report(io.TextIOBase):
    """Standard output for the program, and the clock by which it is stamped."""

    def __init__(self):
        # An integer, because a sum of floats would drift.
        self.now_ns = 0
        self.events = []
        self.unfinished = ""

    def writable(self):
        return True

    def write(self, text):
        *lines, self.unfinished = (self.unfinished + text).split("\n")
        for line in lines:
            self.events.append({"at_ns": self.now_ns, "line": line})
        return len(text)

    def now(self):
        return self.now_ns / 1e9

    def advance(self, seconds):
        self.now_ns += round(seconds * 1e9)

    def note_sleep(self, seconds):
        """Gives the number of the event, by which a cancelled sleep is known."""
        self.events.append({"at_ns": self.now_ns, "sleep_ns": round(seconds * 1e9)})
        return len(self.events) - 1

    def note_cancelled(self, sleep):
        self.events.append({"at_ns": self.now_ns, "cancelled": sleep})

    def to_json(self):
        if self.unfinished:
            self.write("\n")
        # Python ends when the main module returns, whatever other tasks may want.
        return json.dumps(
            {
                "events": self.events,
                "returned_ns": self.now_ns,
                "ended_ns": self.now_ns,
            }
        )


report = Report()


class VirtualSelector(selectors.DefaultSelector):
    """Waits by moving the clock, unless something is ready or nothing is planned."""

    def select(self, timeout=None):
        if timeout is None:
            return super().select()
        ready = super().select(0)
        if not ready:
            report.advance(timeout)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose timers go by the virtual clock."""

    def __init__(self):
        super().__init__(VirtualSelector())

    def time(self):
        return report.now()


def sleep_blocking(seconds):
    if threading.current_thread() is not threading.main_thread():
        raise NotImplementedError("the virtual clock knows one thread only")
    report.note_sleep(seconds)
    report.advance(seconds)


def sleep_async(delay, result=None):
    # Noted when it is asked for: a sleep that is never awaited is of interest too.
    noted = report.note_sleep(delay)

    # Its name is the one that warnings give.
    async def sleep():
        try:
            return await asyncio.tasks.sleep(delay, result)
        except asyncio.CancelledError:
            report.note_cancelled(noted)
            raise

    sleep.__qualname__ = "sleep"
    return sleep()


def main():
    program = sys.argv[1]
    # What the program imports must be virtual already, because it may import single
    # names. `asyncio.run` makes its loop by `asyncio.events.new_event_loop`.
    time.sleep = sleep_blocking
    time.time = time.monotonic = time.perf_counter = report.now
    asyncio.sleep = sleep_async
    asyncio.new_event_loop = asyncio.events.new_event_loop = VirtualLoop
    sys.stdout = report
    sys.argv = sys.argv[1:]
    sys.path.insert(0, os.path.dirname(os.path.abspath(program)))
    runpy.run_path(program, run_name="__main__")
    print(report.to_json(), file=sys.__stdout__)


if __name__ == "__main__":
    main()
