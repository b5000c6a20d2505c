"""`manage.py serve`: the whole playground on this machine, ended by Ctrl-C."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from playground.supervisor.preconditions import CannotStart
from playground.supervisor.supervisor import Supervisor


class Command(BaseCommand):
    """Starts every part, prints one line when all are ready, and ends all of them together."""

    help = "Start database, Redis, worker and web, and print the address when all are ready."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until somebody asks for the end."""
        try:
            status = Supervisor().run()
        except CannotStart as error:
            self.stderr.write(str(error))
            status = 1
        sys.exit(status)
