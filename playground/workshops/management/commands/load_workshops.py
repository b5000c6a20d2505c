"""`manage.py load_workshops USERNAME`: the workshops that ship with the playground, as an account's own."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from playground.owner import owner_of_user
from playground.workshops import workshop_store
from playground.workshops.models import Workshop
from playground.workshops.plan_document import plan_document
from playground.workshops.shipped_workshops import shipped_names, shipped_workshop


class Command(BaseCommand):
    """It can be run again: a workshop whose title is there already is left as it is."""

    help = "Give an account the workshops that ship with the playground."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The account."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell what was loaded."""
        user = get_user_model().objects.filter(username=options["username"]).first()
        owner = owner_of_user(user) if user else None
        if owner is None:
            raise CommandError(f"There is no active account {options['username']}.")
        for name in shipped_names():
            plan = shipped_workshop(name)
            if Workshop.objects.filter(owner=owner, title=plan.title).exists():
                self.stdout.write(f"There already: {plan.title}")
                continue
            workshop_store.created(owner, plan.title, plan_document(plan))
            self.stdout.write(f"Loaded: {plan.title}")
