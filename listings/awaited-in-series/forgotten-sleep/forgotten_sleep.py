import asyncio
import random


async def three_calls():
    await random_add(1, 5)
    await random_add(2, 8)
    await random_add(3, 2)


async def random_add(call, delay):
    print(f"call {call} starts")
    asyncio.sleep(delay)
    numbers = [random.randint(1, 100) for _ in range(5)]
    total = sum(numbers)
    print(f"call {call} returns: {numbers} add up to {total}")
    return total


asyncio.run(three_calls())
