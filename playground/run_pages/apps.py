"""The pages of runs."""

from django.apps import AppConfig


class RunPagesConfig(AppConfig):
    """Keeps nothing: it shows what other parts keep."""

    name = "playground.run_pages"
    label = "run_pages"
