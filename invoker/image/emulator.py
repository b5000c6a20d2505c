"""AWS's Runtime Interface Emulator, as AWS ships it inside the SAM CLI."""

from pathlib import Path

from invoker.image.definition import architecture
from invoker.image.step import Step
from invoker.image.wheel import unpack

EXECUTABLE = "aws-lambda-rie"


def build(folder: Path, step: Step, python: Path) -> None:
    """Put the executable into `folder`, and nothing else."""
    unpack("aws-sam-cli", "samcli/local/rapid/", folder, step, python)
    chosen = folder / f"{EXECUTABLE}-{architecture().lambda_name}"
    chosen.rename(folder / EXECUTABLE)
    for other in folder.iterdir():
        if other.name != EXECUTABLE:
            other.unlink()
