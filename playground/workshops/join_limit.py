"""How many wrong codes may be tried, and how many may join: a class is let in, no code is found by trying.

Wrong codes count for the browser and for its address. A right code is refused to a browser that has tried too
many wrong ones itself; because of others only where its address tries so many that it must be guessing.

There are 31 ** 6 codes, 888 million. Whoever tries as many as an address may, day and night, makes 144,000
tries a day: with ten workshops open at once they find one of them on one day in 600, and a certain one in 17
years on average. What they have then is a row on its wall, from which they are removed. To go without cookies
helps nobody: a try counts for the address all the same.
"""

from typing import Final

from playground.redis_connection import connection
from playground.workshops.limits import (
    JOIN_PERIOD_S,
    JOINS_PER_ADDRESS_MAX,
    JOINS_PER_BROWSER_MAX,
    WRONG_CODES_PER_ADDRESS_MAX,
    WRONG_CODES_PER_BROWSER_MAX,
)

_AGAIN: Final = f"Try again in {JOIN_PERIOD_S // 60} minutes."
TRIED_IN_BROWSER: Final = f"Too many wrong codes were tried in this browser. {_AGAIN}"
TRIED_IN_NETWORK: Final = (
    f"So many wrong codes come from your network that somebody must be guessing. {_AGAIN}"
)
JOINED_IN_BROWSER: Final = f"Too many people have joined in this browser. {_AGAIN}"
JOINED_IN_NETWORK: Final = f"Too many people have joined from your network. {_AGAIN}"


def refusal_of_try(browser: str, address: str) -> str:
    """Why a code may not be looked at now, empty where it may. Raises redis.RedisError."""
    if _count("wrong-codes:browser", browser) >= WRONG_CODES_PER_BROWSER_MAX:
        return TRIED_IN_BROWSER
    return TRIED_IN_NETWORK if _count("wrong-codes", address) >= WRONG_CODES_PER_ADDRESS_MAX else ""


def was_wrong(browser: str, address: str) -> None:
    """Count a code that opens nothing. Raises redis.RedisError."""
    _counted("wrong-codes:browser", browser)
    _counted("wrong-codes", address)


def refusal_of_join(browser: str, address: str) -> str:
    """Count somebody who joins; why they may not now, empty where they may. Raises redis.RedisError."""
    if _counted("joins:browser", browser) > JOINS_PER_BROWSER_MAX:
        return JOINED_IN_BROWSER
    return JOINED_IN_NETWORK if _counted("joins", address) > JOINS_PER_ADDRESS_MAX else ""


def _count(what: str, whose: str) -> int:
    return int(connection().get(f"workshops:{what}:{whose}") or 0)


def _counted(what: str, whose: str) -> int:
    key = f"workshops:{what}:{whose}"
    with connection().pipeline(transaction=True) as pipeline:
        pipeline.incr(key)
        pipeline.expire(key, JOIN_PERIOD_S, nx=True)
        return int(pipeline.execute()[0])
