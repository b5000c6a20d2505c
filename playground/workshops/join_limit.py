"""How many codes may be tried from one address: enough for a class, too few to find one by trying."""

from playground.redis_connection import connection
from playground.workshops.limits import (
    JOIN_PERIOD_S,
    JOINS_PER_ADDRESS_MAX,
    WRONG_CODES_PER_ADDRESS_MAX,
)


def may_try(address: str) -> bool:
    """Count one try of a code; whether it may be looked at. Raises redis.RedisError."""
    if int(connection().get(_wrong(address)) or 0) >= WRONG_CODES_PER_ADDRESS_MAX:
        return False
    return _counted(f"workshops:joins:{address}") <= JOINS_PER_ADDRESS_MAX


def was_wrong(address: str) -> None:
    """Count a code that opens nothing. Raises redis.RedisError."""
    _counted(_wrong(address))


def _wrong(address: str) -> str:
    return f"workshops:wrong-codes:{address}"


def _counted(key: str) -> int:
    with connection().pipeline(transaction=True) as pipeline:
        pipeline.incr(key)
        pipeline.expire(key, JOIN_PERIOD_S, nx=True)
        return int(pipeline.execute()[0])
