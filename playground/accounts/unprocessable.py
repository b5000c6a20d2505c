"""How our pages of forms answer what cannot be taken."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse


class Unprocessable:
    """Mixed in before a view of a form: 422 with the page, where every fault is at its field."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
