"""The sharing app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Links to snippets, and whom they let read recorded runs."""

    name = "playground.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Runs of a live link may be read by anyone."""
        from playground.invocations import visibility
        from playground.sharing.share_store import shared_runs

        visibility.open_to_anyone.append(shared_runs)
