"""Pages of one's own account: e-mail, password, and deleting it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView

from playground.accounts import guard
from playground.accounts.forms import MailForm, OwnPassword, PasswordForm
from playground.accounts.signing import CLEARED
from playground.accounts.unprocessable import Unprocessable


class _Own(LoginRequiredMixin):
    """For whoever has signed in; everybody else is led to where one does."""

    redirect_field_name = None


@method_decorator(never_cache, "dispatch")
class Account(_Own, TemplateView):
    """What there is to be done with an account."""

    template_name = "accounts/account.html"


@method_decorator([sensitive_post_parameters(), never_cache], "dispatch")
class _OwnForm(_Own, Unprocessable, FormView):  # type: ignore[type-arg]
    """A form that asks for the password too."""

    template_name = "accounts/change.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """With who asks."""
        return super().get_form_kwargs() | {"request": self.request, "user": self.request.user}


class ChangeMail(_OwnForm):
    """Another e-mail address, or none."""

    form_class = MailForm
    extra_context = {"title": "Change e-mail"}

    def get_initial(self) -> dict[str, Any]:
        """The one that there is."""
        return {"email": self.request.user.email} if isinstance(self.request.user, User) else {}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it. Links that were sent to the one before lead nowhere from now on."""
        form.user.email = form.cleaned_data["email"]
        form.user.save(update_fields=["email"])
        messages.success(self.request, "Your e-mail address was changed.")
        return redirect("account")


class ChangePassword(_OwnForm):
    """Another password. Every other browser is signed out."""

    form_class = PasswordForm
    extra_context = {
        "title": "Change password",
        "about": "Every other browser that is signed in is signed out.",
    }

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, and this browser signed in."""
        form.save()
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, "Your password was changed. Every other browser is signed out.")
        return redirect("account")


class Delete(_OwnForm):
    """The account with everything in it: see `leaving`."""

    form_class = OwnPassword
    template_name = "accounts/delete.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete it, and go on as somebody new."""
        with transaction.atomic():
            User.objects.get(pk=form.user.pk).delete()
        logout(self.request)
        messages.success(self.request, "Your account was deleted with everything in it.")
        response = redirect("my_snippets")
        guard.unknow(response)
        response["Clear-Site-Data"] = CLEARED
        return response
