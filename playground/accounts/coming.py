"""Signing in brings along what the browser made; signing out leaves a browser that nobody knows."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from playground.accounts import succession
from playground.accounts.words import moved_words
from playground.owner import Move, forget, owner_moved, owner_of_cookies, owner_of_user


def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Everything of the browser's key is the account's, or nothing of it. The key is over.

    Where it fails the request fails, and nobody is signed in.
    """
    old, new = owner_of_cookies(request.COOKIES), owner_of_user(user)
    if old and new and succession.is_browser(old):
        move = Move(old, new)
        with transaction.atomic():
            succession.begin_move(old, new)
            owner_moved.send(None, move=move)
        if sentence := moved_words(move):
            messages.success(request, sentence)
    forget(request)


def signed_out(request: HttpRequest, **_: Any) -> None:
    """Whoever uses the browser next is somebody new."""
    forget(request)
