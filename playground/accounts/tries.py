"""How often something was tried, counted in Redis before it is known what comes of it.

Whoever tries a hundred at once is counted a hundred times: a count that is only made of failures would let
all of them pass before the first has failed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from playground.redis_connection import connection

_BEGIN = """
local locked, longest = false, 0
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or 0) >= tonumber(ARGV[i + 1]) then
    locked, longest = true, math.max(longest, redis.call('PTTL', key))
  end
end
if locked then return math.max(longest, 1) end
for i, key in ipairs(KEYS) do
  local count = redis.call('INCR', key)
  if count == 1 or count >= tonumber(ARGV[i + 1]) then redis.call('EXPIRE', key, ARGV[1]) end
end
return 0
"""
_GIVE_BACK = """
for _, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or 0) > 0 then redis.call('DECR', key) end
end
"""


@dataclass(frozen=True, slots=True)
class Counter:
    """A count of tries. It begins anew when there was none for as long as it counts."""

    key: str
    most: int


def counter(kind: str, most: int, *what: str) -> Counter:
    """The count of a kind of tries of something. Redis learns neither names nor addresses."""
    digest = salted_hmac("playground.tries", "\0".join((kind, *what)), algorithm="sha256").hexdigest()
    return Counter(f"tries:{digest}", most)


def begin(counters: Sequence[Counter], seconds: int) -> int:
    """Count one try, or tell in how many seconds there may be one again where as many as may be were counted.

    The last that may be locks it for the whole time; nothing after it makes that longer. Raises
    redis.RedisError.
    """
    keys = [one.key for one in counters]
    limits = [str(one.most) for one in counters]
    wait_ms: Any = connection().eval(_BEGIN, len(keys), *keys, str(seconds), *limits)
    return math.ceil(int(wait_ms) / 1_000)


def give_back(counters: Sequence[Counter]) -> None:
    """A try that was begun does not count. Raises redis.RedisError."""
    if counters:
        connection().eval(_GIVE_BACK, len(counters), *(one.key for one in counters))


def forget(counters: Sequence[Counter]) -> None:
    """Begin to count anew. Raises redis.RedisError."""
    connection().delete(*(one.key for one in counters))
