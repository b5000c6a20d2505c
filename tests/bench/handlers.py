"""The functions that are measured. Each text is one that the service has never seen."""

from uuid import uuid4

SLEEP_S = 3


def trivial() -> str:
    """Gives its event back."""
    return f"// {uuid4()}\nexport const handler = async (event) => event;\n"


def sleeping() -> str:
    """Sleeps, then gives its event back."""
    return (
        f"// {uuid4()}\n"
        "export const handler = async (event) => {\n"
        f"  await new Promise((resume) => setTimeout(resume, {SLEEP_S * 1000}));\n"
        "  return event;\n"
        "};\n"
    )
