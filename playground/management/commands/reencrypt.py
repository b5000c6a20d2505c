"""`manage.py reencrypt`: what is secret is stored with the newest key, so that older ones can go."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from playground.encryption import EncryptedText, EncryptedVariables, Unreadable, reencrypted
from playground.stored_variables import rewrite


class Command(BaseCommand):
    """Rewrites what older keys have encrypted. It can be run at any time, and again."""

    help = "Encrypt environment variables and the secrets of access keys with the first of ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many rows changed."""
        columns = [
            (model._meta.db_table, str(field.column))
            for model in apps.get_models()
            for field in model._meta.fields
            if isinstance(field, EncryptedText | EncryptedVariables)
        ]
        try:
            counts = [rewrite(connection, table, reencrypted, column) for table, column in columns]
        except Unreadable as error:
            raise CommandError(str(error)) from None
        changed = sum(counts)
        self.stdout.write(f"{changed} {'row was' if changed == 1 else 'rows were'} encrypted anew.")
