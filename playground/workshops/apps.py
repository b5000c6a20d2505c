"""The workshops app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Workshops, their participants, and whose runs a teacher may read."""

    name = "playground.workshops"
    label = "workshops"

    def ready(self) -> None:
        """Teachers read the runs of their participants, whose runs they may limit."""
        from playground.invocations import admission, purge, visibility
        from playground.workshops import deletion, ownership, participants, run_limit
        from playground.workshops.teacher.readable_runs import of_participants

        ownership.listen()
        admission.further.append(run_limit.admit_owner)
        purge.further.append(deletion.purge)
        visibility.open_to_owner.append(of_participants)
        visibility.shut_out.append(participants.is_shut_out)
