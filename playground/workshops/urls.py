"""Addresses of workshops: those of who takes part, and those of who leads."""

from django.urls import path

from playground.workshops import join_pages
from playground.workshops.preparing.page import plan_editor
from playground.workshops.teacher import pages, prepare_pages, report_pages, settings_page
from playground.workshops.wall.page import wall

urlpatterns = [
    path("join", join_pages.join, name="join"),
    path("join/<slug:code>", join_pages.join_with, name="join_with"),
    path("w/<slug:token>", join_pages.participant, name="participant"),
    path("workshops", pages.workshops, name="workshops"),
    path("workshops/new", prepare_pages.new, name="new_workshop"),
    path("workshops/import", prepare_pages.read_in, name="import_workshop"),
    path("workshops/shipped/<slug:name>", prepare_pages.take_shipped, name="take_shipped"),
    path("workshops/<uuid:workshop_id>", pages.workshop, name="workshop"),
    path("workshops/<uuid:workshop_id>/plan", plan_editor, name="workshop_plan"),
    path("workshops/<uuid:workshop_id>/plan/text", prepare_pages.plan_text, name="workshop_plan_text"),
    path("workshops/<uuid:workshop_id>/settings", settings_page.settings, name="workshop_settings"),
    path("workshops/<uuid:workshop_id>/export.zip", prepare_pages.export, name="export_workshop"),
    path("workshops/<uuid:workshop_id>/duplicate", prepare_pages.duplicate, name="duplicate_workshop"),
    path("workshops/<uuid:workshop_id>/prove", prepare_pages.prove, name="prove_workshop"),
    path("workshops/<uuid:workshop_id>/delete", prepare_pages.delete, name="delete_workshop"),
    path("workshops/<uuid:workshop_id>/wall", wall, name="workshop_wall"),
    path("workshops/<uuid:workshop_id>/summary", report_pages.summary, name="workshop_summary"),
    path("workshops/<uuid:workshop_id>/attempts.csv", report_pages.as_csv, name="workshop_csv"),
    path("workshops/<uuid:workshop_id>/attempts.json", report_pages.as_json, name="workshop_json"),
    path("workshops/<uuid:workshop_id>/qr.svg", pages.qr_code, name="workshop_qr"),
    path("workshops/<uuid:workshop_id>/do/<slug:action>", pages.act, name="workshop_act"),
    path(
        "workshops/<uuid:workshop_id>/participants/<uuid:participant_id>/remove",
        pages.remove,
        name="remove_participant",
    ),
]
