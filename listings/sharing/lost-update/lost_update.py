import asyncio
import random

count = 0


async def three_calls():
    return await asyncio.gather(
        count_call(1, 5),
        count_call(2, 8),
        count_call(3, 2),
    )


async def count_call(call, delay):
    global count
    before = count
    await random_add(call, delay)
    count = before + 1
    return count


async def random_add(call, delay):
    print(f"call {call} starts")
    await asyncio.sleep(delay)
    numbers = [random.randint(1, 100) for _ in range(5)]
    total = sum(numbers)
    print(f"call {call} returns: {numbers} add up to {total}")
    return total


counts = asyncio.run(three_calls())
assert counts == [1, 1, 1] and count == 1
