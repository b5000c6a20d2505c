"""What the users run. Each function says the token of its invocation, once, so that runs can be counted."""

from dataclasses import dataclass

SAYS = "console.log(`token ${event.token}`);"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of function, how it may end, and how often it is chosen beside the others."""

    name: str
    body: str
    outcomes: frozenset[str]
    weight: int
    timeout: int = 10
    cancelled: bool = False
    """Whether its user changes his mind."""

    @property
    def source(self) -> str:
        """The ES module."""
        return f"export const handler = async (event) => {{ {SAYS} {self.body} }};"


def _kind(name: str, body: str, outcomes: str, weight: int, **more: int) -> Kind:
    return Kind(name, body, frozenset(outcomes.split()), weight, **more)  # type: ignore[arg-type]


_SLEEP = "await new Promise((resume) => setTimeout(resume, {}));"
KINDS = (
    _kind("quick", "return event;", "ok", 8),
    _kind("slow", _SLEEP.format(2_500), "ok", 4),
    _kind("cancelled", _SLEEP.format(8_000), "cancelled ok", 1, cancelled=True),
    _kind("throws", "throw new Error('on purpose');", "function_error", 2),
    _kind("exits", "process.exit(3);", "function_error", 1),
    _kind("never ends", "for (;;);", "timeout", 1, timeout=1),
    _kind("eats memory", "const all = []; for (;;) all.push(Buffer.alloc(8e6, 1));", "out_of_memory", 1),
    _kind("floods the log", "for (let n = 0; n < 3000; n += 1) console.log(n);", "ok", 1),
    _kind(
        "leaves children",
        "const { spawn } = await import('node:child_process'); "
        "for (let n = 0; n < 20; n += 1) spawn('sleep', ['60'], { detached: true });",
        "ok",
        1,
    ),
    _kind("kills the emulator", "process.kill(-1, 'SIGKILL'); " + _SLEEP.format(500), "function_error ok", 1),
)
STOPPED = "platform_error"
"""How anything may end whose worker was killed."""
