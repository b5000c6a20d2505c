"""A streamed response reaches the page chunk by chunk, on both sandboxes."""

import itertools
import json
import time

from tests.client import Person
from tests.serving import Served

PAUSE_MS = 400
STREAM = f"""
export const handler = awslambda.streamifyResponse(async (event, stream) => {{
  for (const part of ["one ", "zwei ä ", "three"]) {{
    stream.write(part);
    await new Promise((resolve) => setTimeout(resolve, {PAUSE_MS}));
  }}
  stream.end();
}});
"""


def test_each_chunk_arrives_when_it_is_written(served_on_each_sandbox: Served) -> None:
    person = Person(served_on_each_sandbox.url)
    arrived = []
    with person.socket(person.submit(STREAM, memory_size=512)) as socket:
        for text in socket:
            message = json.loads(text)
            if message["type"] in {"response_chunk", "finished"}:
                arrived.append((time.monotonic(), message))
    *chunks, (ended, finished) = arrived
    assert [message["text"] for _, message in chunks] == ["one ", "zwei ä ", "three"]
    moments = [moment for moment, _ in chunks] + [ended]
    pauses = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert all(pause > PAUSE_MS / 1000 / 2 for pause in pauses), pauses
    assert (finished["outcome"], finished["response"]) == ("ok", "one zwei ä three")
