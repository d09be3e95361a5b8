import asyncio


async def random_add(call, delay):
    print(f"call {call} starts")
    await asyncio.sleep(delay)


await random_add(1, 5)
