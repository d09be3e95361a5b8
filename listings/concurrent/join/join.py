import asyncio
import random


async def three_calls():
    return await asyncio.gather(
        random_add(1, 5),
        random_add(2, 8),
        random_add(3, 2),
    )


async def random_add(call, delay):
    print(f"call {call} starts")
    await asyncio.sleep(delay)
    numbers = [random.randint(1, 100) for _ in range(5)]
    total = sum(numbers)
    print(f"call {call} returns: {numbers} add up to {total}")
    return total


sums = asyncio.run(three_calls())
print(f"the sums, in the order of the calls: {sums}")
