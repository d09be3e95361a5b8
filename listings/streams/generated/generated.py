import asyncio
import random


async def three_calls():
    stream = results()
    await asyncio.sleep(3)
    sums = []
    async for total in stream:
        sums.append(total)
        await asyncio.sleep(1)
    return sums


async def results():
    for call, delay in enumerate([5, 8, 2], start=1):
        yield await random_add(call, delay)


async def random_add(call, delay):
    print(f"call {call} starts")
    await asyncio.sleep(delay)
    numbers = [random.randint(1, 100) for _ in range(5)]
    total = sum(numbers)
    print(f"call {call} returns: {numbers} add up to {total}")
    return total


print(f"the sums, in the order of the calls: {asyncio.run(three_calls())}")
