"""Addresses of one's own snippets. The one of a snippet itself is the editor's."""

from django.urls import path

from playground.snippet_pages import views

urlpatterns = [
    path("snippets", views.my_snippets, name="my_snippets"),
    path("snippets/export.zip", views.export, name="export_snippets"),
    path("snippets/<uuid:snippet_id>/edit", views.edit, name="edit_snippet"),
    path("snippets/<uuid:snippet_id>/delete", views.delete, name="delete_snippet"),
    path("snippets/<uuid:snippet_id>/undelete", views.undelete, name="undelete_snippet"),
]
