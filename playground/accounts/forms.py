"""What somebody types into the pages of accounts."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordResetForm,
    SetPasswordForm,
    UserCreationForm,
)
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from playground.accounts import guard

MAIL_HELP = "Only for a new password, should you forget yours. Without it nobody can give you one."


class Drawn(forms.Form):
    """A form whose fields look like those of our other pages, with plain sentences behind them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "inp"
            field.label_suffix = ""


class SignInForm(Drawn, AuthenticationForm):
    """Name and password."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "There is no account of this name with this password.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"


class SignUpForm(Drawn, UserCreationForm):  # type: ignore[type-arg]
    """A new account."""

    class Meta(UserCreationForm.Meta):
        fields = ("username", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, mail = self.fields["username"], self.fields["email"]
        name.label, name.help_text = "Name", "Letters, digits and @ . + - _ only."
        name.error_messages["unique"] = "This name has an account already."
        mail.label, mail.help_text = "E-mail (may be left empty)", MAIL_HELP
        mail.widget.attrs["autocomplete"] = "email"
        self.fields["password1"].help_text = password_words()
        self.fields["password2"].label = "The same password again"
        self.fields["password2"].help_text = ""


class OwnPassword(Drawn):
    """Whoever is signed in shows that they know the password, held against guessing as sign-in is."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user = user

    def clean_password(self) -> str:
        """The password, where it is right."""
        password: str = self.cleaned_data["password"]
        name = self.user.get_username()
        if authenticate(self.request, username=name, password=password) != self.user:
            raise ValidationError("This is not your password.")
        guard.succeeded(self.request)
        return password


class MailForm(OwnPassword):
    """Another e-mail address, or none."""

    email = forms.EmailField(
        label="E-mail (may be left empty)",
        required=False,
        max_length=254,
        help_text=MAIL_HELP,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("email", "password")


class PasswordForm(OwnPassword, SetPasswordForm):  # type: ignore[type-arg]
    """Another password."""

    field_order = ("password", "new_password1", "new_password2")

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        # The second one is what SetPasswordForm takes.
        super().__init__(request, user, user, *args, **kwargs)
        _name_new_passwords(self)


class NewPasswordForm(Drawn, SetPasswordForm):  # type: ignore[type-arg]
    """The password of whoever followed the link of an e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new_passwords(self)


class ResetForm(Drawn, PasswordResetForm):
    """The address that a link is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail of your account"


def password_words() -> str:
    """What a password has to be, in sentences."""
    return " ".join(password_validators_help_texts())


def _name_new_passwords(form: forms.Form) -> None:
    form.fields["new_password1"].help_text = password_words()
    form.fields["new_password2"].label = "The same new password again"
    form.fields["new_password2"].help_text = ""
