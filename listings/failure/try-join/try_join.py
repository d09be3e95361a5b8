import asyncio
import random


async def main():
    try:
        sums = await three_calls()
        print(f"the sums, in the order of the calls: {sums}")
    except NoNumbers as error:
        print(f"the program hears of it at once: {error}")
    # The other calls go on, if the program does.
    await asyncio.sleep(7)


async def three_calls():
    return await asyncio.gather(
        random_add(1, 5),
        random_add(2, 8),
        random_add(3, 2),
    )


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
