"""Addresses of runs."""

from django.urls import path

from playground.run_pages import pages

urlpatterns = [
    path("runs/<uuid:invocation_id>", pages.run, name="run"),
    path("runs/<uuid:invocation_id>/compare/<uuid:other_id>", pages.compare, name="compare"),
]
