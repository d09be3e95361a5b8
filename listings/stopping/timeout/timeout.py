import asyncio
import random


async def in_six_seconds():
    async with asyncio.timeout(6):
        return await call_two()


async def call_two():
    try:
        return await random_add(2, 8)
    finally:
        print("cleaned up")


async def random_add(call, delay):
    print(f"call {call} starts")
    await asyncio.sleep(delay)
    numbers = [random.randint(1, 100) for _ in range(5)]
    total = sum(numbers)
    print(f"call {call} returns: {numbers} add up to {total}")
    return total


try:
    print(f"the sum: {asyncio.run(in_six_seconds())}")
except TimeoutError:
    print("no sum: deadline has elapsed")
