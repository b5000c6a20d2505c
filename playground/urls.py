"""Every address of the playground."""

from django.contrib import admin
from django.urls import include, path

from playground.api import api
from playground.health import healthz
from playground.page import page

admin.site.site_header = admin.site.site_title = "Lambda playground"

# What invocations come by is first: all that is before it is tried with every call.
urlpatterns = [
    path("", page, name="page"),
    path("snippets/<uuid:snippet_id>", page, name="snippet"),
    path("api/", api.urls),
    path("", include("playground.lambda_api.urls")),
    path("", include("playground.snippet_pages.urls")),
    path("", include("playground.access_keys.urls")),
    path("admin/", admin.site.urls),
    path("", include("playground.accounts.urls")),
    path("healthz", healthz, name="healthz"),
    path("", include("playground.sharing.urls")),
    path("", include("playground.run_pages.urls")),
    path("", include("playground.workshops.urls")),
]
