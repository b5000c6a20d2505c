"""Addresses of workshops: those of who takes part, and those of who leads."""

from django.urls import path

from playground.workshops import join_pages
from playground.workshops.teacher import pages

urlpatterns = [
    path("join", join_pages.join, name="join"),
    path("join/<slug:code>", join_pages.join_with, name="join_with"),
    path("w/<slug:token>", join_pages.participant, name="participant"),
    path("workshops", pages.workshops, name="workshops"),
    path("workshops/<uuid:workshop_id>", pages.workshop, name="workshop"),
    path("workshops/<uuid:workshop_id>/qr.svg", pages.qr_code, name="workshop_qr"),
    path("workshops/<uuid:workshop_id>/do/<slug:action>", pages.act, name="workshop_act"),
    path(
        "workshops/<uuid:workshop_id>/participants/<uuid:participant_id>/remove",
        pages.remove,
        name="remove_participant",
    ),
]
