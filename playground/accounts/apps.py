"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Whoever signs in brings what their browser made; whoever goes leaves nothing."""

    name = "playground.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Take part in every sign-in, the admin's too, and in every way to delete a user."""
        from django.contrib.auth.models import User
        from django.contrib.auth.signals import user_logged_in, user_logged_out
        from django.db.models.signals import pre_delete

        from playground import owner
        from playground.accounts import coming, leaving, succession

        owner.successions.append(succession.whose_now)
        user_logged_in.connect(coming.signed_in)
        user_logged_out.connect(coming.signed_out)
        pre_delete.connect(leaving.before_user_is_deleted, sender=User)
