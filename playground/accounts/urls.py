"""Addresses of accounts, below /account."""

from django.urls import path

from playground.accounts import account, reset, signing

urlpatterns = [
    path("account", account.Account.as_view(), name="account"),
    path("account/sign-in", signing.SignIn.as_view(), name="sign_in"),
    path("account/sign-up", signing.SignUp.as_view(), name="sign_up"),
    path("account/sign-out", signing.SignOut.as_view(), name="sign_out"),
    path("account/e-mail", account.ChangeMail.as_view(), name="change_mail"),
    path("account/password", account.ChangePassword.as_view(), name="change_password"),
    path("account/delete", account.Delete.as_view(), name="delete_account"),
    path("account/reset", reset.Reset.as_view(), name="reset"),
    path("account/reset/sent", reset.Sent.as_view(), name="reset_sent"),
    path("account/reset/done", reset.Done.as_view(), name="reset_done"),
    path("account/reset/<uidb64>/<token>", reset.NewPassword.as_view(), name="reset_new"),
]
