"""`manage.py reencrypt`: environment variables are stored with the newest key, so that older ones can go."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from playground.encryption import EncryptedVariables, Unreadable, reencrypted
from playground.stored_variables import rewrite


class Command(BaseCommand):
    """Rewrites what older keys have encrypted. It can be run at any time, and again."""

    help = "Encrypt all environment variables with the first of ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many rows changed."""
        tables = [
            model._meta.db_table
            for model in apps.get_models()
            if any(isinstance(field, EncryptedVariables) for field in model._meta.fields)
        ]
        try:
            changed = sum(rewrite(connection, table, reencrypted) for table in tables)
        except Unreadable as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{changed} {'row was' if changed == 1 else 'rows were'} encrypted anew.")
