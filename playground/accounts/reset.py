"""A new password for whoever has forgotten theirs, by a link in an e-mail."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic.base import TemplateView

from playground.accounts import guard
from playground.accounts.forms import NewPasswordForm, ResetForm
from playground.accounts.unprocessable import Unprocessable

logger = logging.getLogger(__name__)
_mailing = ThreadPoolExecutor(2, "mail")


@method_decorator(never_cache, "dispatch")
class Reset(Unprocessable, PasswordResetView):
    """Asks for an address, and says the same whether it has an account, and as soon."""

    form_class = ResetForm
    template_name = "accounts/reset.html"
    success_url = reverse_lazy("reset_sent")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Not for those who fill mailboxes, or try addresses by the hundred."""
        refusal = guard.refused(request, "requests for a new password", settings.RESETS_PER_ADDRESS_MAX)
        return refusal or super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the e-mail, if any, while the answer is under way."""
        _mailing.submit(_send, form)
        return HttpResponseRedirect(str(self.success_url))


@method_decorator(never_cache, "dispatch")
class Sent(TemplateView):
    """What to expect."""

    template_name = "accounts/reset_sent.html"


class NewPassword(Unprocessable, PasswordResetConfirmView):
    """Where the link leads. Every browser that was signed in is signed out."""

    form_class = NewPasswordForm
    template_name = "accounts/reset_new.html"
    success_url = reverse_lazy("reset_done")

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it. Failures of before keep nobody out."""
        response = super().form_valid(form)
        name = form.user.get_username()
        guard.freed(self.request, name)
        guard.know(response, name)
        return response


class Done(TemplateView):
    """Where to go on."""

    template_name = "accounts/reset_done.html"


def _send(form: ResetForm) -> None:
    """In a thread of its own: the time that it takes would tell whether there is an account."""
    try:
        address = urlsplit(settings.PUBLIC_URL)
        if guard.may_mail(form.cleaned_data["email"]):
            form.save(
                # Whoever asks chooses the Host of the request, and would have the link lead to their own.
                domain_override=address.netloc,
                use_https=address.scheme == "https",
                subject_template_name="accounts/reset_subject.txt",
                email_template_name="accounts/reset_mail.txt",
                extra_email_context={"hours": str(settings.PASSWORD_RESET_TIMEOUT // 3_600)},
            )
    except Exception:
        logger.exception("An e-mail for a new password could not be sent.")
    finally:
        connection.close()
