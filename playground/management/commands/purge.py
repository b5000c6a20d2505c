"""`manage.py purge`: removes what is not kept any longer; a worker does the same each hour."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from playground.invocations.purge import purge


class Command(BaseCommand):
    """It can be run at any time, and again."""

    help = "Empty the bin after BIN_DAYS, remove what was left unused for RETENTION_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many rows went."""
        gone = purge(timezone.now())
        self.stdout.write(
            f"Removed: {gone.snippets} snippets, {gone.invocations} invocations, {gone.packages} packages, "
            f"{gone.access_keys} access keys."
        )
