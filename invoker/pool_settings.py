"""How many execution environments wait, how many stay warm, and for how long. Pure."""

from dataclasses import dataclass

from invoker import limits


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """`waiting` sandboxes are kept ready for functions to come. At most `warm` environments are kept after
    an invocation, each for `warm_idle_s` seconds. `cpu_share` gives a function CPU time in proportion to its
    memory once init is over, as Lambda does.
    """

    waiting: int = limits.WAITING_SANDBOXES
    warm: int = limits.WARM_ENVIRONMENTS_MAX
    warm_idle_s: float = limits.WARM_IDLE_S
    cpu_share: bool = True


def cpus_of(memory_mb: int) -> float:
    """The CPU time that Lambda gives with a memory size, in CPUs ("Configure Lambda function memory")."""
    return memory_mb / limits.MEMORY_OF_ONE_CPU_MB
