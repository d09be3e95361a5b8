import asyncio
import random


async def main():
    try:
        print(f"all together: {await three_calls()}")
    except* NoNumbers as group:
        for error in group.exceptions:
            print(f"the program hears of it at once: {error}")


async def three_calls():
    async with asyncio.TaskGroup() as group:
        first = group.create_task(random_add(1, 5))
        second = group.create_task(random_add(2, 8))
        third = group.create_task(random_add(3, 2))
    return first.result() + second.result() + third.result()


async def random_add(call, delay):
    print(f"call {call} starts")
    await asyncio.sleep(delay)
    if call == 3:
        print(f"call {call} fails: no numbers")
        raise NoNumbers(f"call {call} found no numbers")
    numbers = [random.randint(1, 100) for _ in range(5)]
    total = sum(numbers)
    print(f"call {call} returns: {numbers} add up to {total}")
    return total


class NoNumbers(Exception):
    """The error of a call that finds no numbers."""


asyncio.run(main())
