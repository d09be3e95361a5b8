import asyncio
import random


async def two_calls():
    first = asyncio.create_task(random_add(1, 5))
    await random_add(2, 8)
    await first


async def random_add(call, delay):
    print(f"call {call} starts")
    await asyncio.sleep(delay)
    numbers = [random.randint(1, 100) for _ in range(5)]
    total = sum(numbers)
    print(f"call {call} returns: {numbers} add up to {total}")
    return total


asyncio.run(two_calls())
