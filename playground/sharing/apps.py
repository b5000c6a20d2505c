"""The sharing app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Links to snippets, and whom they let read recorded runs."""

    name = "playground.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Runs of a live link may be read by anyone, and what it shows may be forked."""
        from playground.invocations import visibility
        from playground.sharing.share_store import fork_origin, shared_runs
        from playground.snippets import forks

        visibility.open_to_anyone.append(shared_runs)
        forks.finders.append(fork_origin)
