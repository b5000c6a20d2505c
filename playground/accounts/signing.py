"""Pages of signing up, in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView, RedirectURLMixin
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormView

from playground.accounts import guard
from playground.accounts.forms import SignInForm, SignUpForm
from playground.accounts.unprocessable import Unprocessable

BACKEND = "django.contrib.auth.backends.ModelBackend"
CLEARED = '"storage"'
"""What a browser removes: work that nobody has saved, which the next person would see."""


class _Onward(RedirectURLMixin):
    """Goes on where somebody came from: to one of our own addresses, none of which is a page of accounts."""

    request: HttpRequest

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """The address in `next`, empty for one that leads elsewhere."""
        asked = self.request.POST.get("next", self.request.GET.get("next", ""))
        is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
        return "" if not is_ours or asked.startswith("/account") else asked


class SignIn(_Onward, Unprocessable, LoginView):
    """Name and password."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """What the browser made comes along: see `coming`."""
        response = super().form_valid(form)
        guard.know(response, form.get_user().get_username())
        return response


@method_decorator([sensitive_post_parameters(), never_cache], "dispatch")
class SignUp(_Onward, Unprocessable, FormView):  # type: ignore[type-arg]
    """A new account, with what the browser made in it."""

    form_class = SignUpForm
    template_name = "accounts/sign_up.html"
    next_page = settings.LOGIN_REDIRECT_URL

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever has signed in needs no other account."""
        if request.user.is_authenticated:
            return redirect("account")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Not for those who make accounts by the hundred, or look for names that have one."""
        refusal = guard.refused(request, "attempts to sign up", settings.SIGN_UPS_PER_ADDRESS_MAX)
        return refusal or super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """The account and what comes along are made together, or neither."""
        try:
            with transaction.atomic():
                user: User = form.save()
                login(self.request, user, BACKEND)
        except IntegrityError:
            if not User.objects.filter(username=form.cleaned_data["username"]).exists():
                raise
            form.add_error("username", form.fields["username"].error_messages["unique"])
            return self.form_invalid(form)
        response = HttpResponseRedirect(self.get_success_url())
        guard.know(response, user.get_username())
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With where to go on afterwards."""
        return super().get_context_data(**kwargs, next=self.get_redirect_url())


class SignOut(LogoutView):
    """Out, on every page of this browser. The browser removes what is typed and not saved."""

    next_page = "sign_in"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """By a form alone."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = CLEARED
        return response
