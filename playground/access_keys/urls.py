"""Addresses of one's own access keys."""

from django.urls import path

from playground.access_keys import pages

urlpatterns = [
    path("keys", pages.keys, name="access_keys"),
    path("keys/<str:key_id>/edit", pages.edit, name="edit_access_key"),
    path("keys/<str:key_id>/revoke", pages.revoke, name="revoke_access_key"),
    path("keys/<str:key_id>/delete", pages.delete, name="delete_access_key"),
]
