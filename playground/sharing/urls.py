"""Addresses of links."""

from django.urls import path

from playground.sharing import pages

urlpatterns = [
    path("s/<slug:token>", pages.shared, name="shared"),
    path("s/<slug:token>/badge.svg", pages.badge, name="badge"),
    path("embed/<slug:token>", pages.embedded, name="embed"),
    path("explore", pages.explore, name="explore"),
]
