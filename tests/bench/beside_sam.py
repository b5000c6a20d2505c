"""Cold and warm invocations in turn with SAM CLI's."""

from tests.bench import handlers
from tests.bench.bare_node import BareNode
from tests.bench.one_by_one import Series
from tests.bench.sam import Sam
from tests.bench.settling import settle
from tests.bench.ways_in import Boto3
from tests.serving import Served


def measure(served: Served, node: BareNode, sam: Sam, rounds: int) -> list[Series]:
    """Gives the bare Node.js, cold here and with `sam local invoke`, warm here and with `start-lambda`.

    Raises AssertionError or RuntimeError when an answer is wrong.
    """
    bare = Series("node -e 0")
    cold, sam_cold = Series("cold, boto3"), Series("sam local invoke")
    warm, sam_warm = Series("warm, boto3"), Series("sam local start-lambda")
    way = Boto3(served.url)
    for _ in range(rounds):
        function = way.function(handlers.trivial())
        settle(served)
        bare.times_ms.append(node.start_ms())
        cold.times_ms.append(function.invoke().wall_ms)
        settle(served)
        sam_cold.times_ms.append(sam.cold_ms())
    with sam.started() as sam_function:
        for _ in range(rounds * 3):
            settle(served)
            bare.times_ms.append(node.start_ms())
            warm.times_ms.append(function.invoke().wall_ms)
            sam_warm.times_ms.append(sam_function.invoke().wall_ms)
    return [bare, cold, sam_cold, warm, sam_warm]
