"""The whole exception tree of the engine. A fault of the user is never here: it is a value.

InvokerError
├── SetUpIncomplete       a part of the runtime image is not built
├── SandboxUnavailable    no engine, or limits that cannot be enforced here
├── SandboxFailure        a sandbox could not be started, or was lost
└── InvocationCancelled   somebody asked for the end of this invocation
"""


class InvokerError(Exception):
    """Base of every exception that the engine raises on purpose."""


class SetUpIncomplete(InvokerError):
    """A part that set-up makes is missing; the message says which and how to make it."""


class SandboxUnavailable(InvokerError):
    """This machine cannot run the chosen sandbox; the message says why and what to do."""


class SandboxFailure(InvokerError):
    """A sandbox did not start, or ended for a reason that is not the function's."""


class InvocationCancelled(InvokerError):
    """The invocation was cancelled while it ran."""
