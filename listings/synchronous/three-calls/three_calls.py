import random
import time


def three_calls():
    random_add(1, 5)
    random_add(2, 8)
    random_add(3, 2)


def random_add(call, delay):
    print(f"call {call} starts")
    time.sleep(delay)
    numbers = [random.randint(1, 100) for _ in range(5)]
    total = sum(numbers)
    print(f"call {call} returns: {numbers} add up to {total}")
    return total


three_calls()
