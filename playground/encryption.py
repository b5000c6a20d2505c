"""Secrets at rest: encrypted with the first of ENCRYPTION_KEYS, readable with each of them."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Unreadable(Exception):
    """What is stored was encrypted with a key that ENCRYPTION_KEYS does not have. The message says so."""


if TYPE_CHECKING:
    _TextField = models.TextField[Mapping[str, str], Mapping[str, str]]
    _TokenField = models.TextField[str, str]
else:
    _TextField = _TokenField = models.TextField


class EncryptedText(_TokenField):
    """One text as a token of `encrypted_text`, which is read by `decrypted_text` where it is needed."""


class EncryptedVariables(_TextField):
    """Names and values of environment variables, as one Fernet token in the database.

    Rows that cannot be decrypted are read all the same; whoever looks at their variables gets Unreadable.
    """

    def from_db_value(self, value: str | None, *_: Any) -> Mapping[str, str]:
        """The variables in a stored token; none of a row that an outer join did not find."""
        if value is None:
            return {}
        try:
            return decrypted(value)
        except Unreadable as error:
            return _Withheld(error)

    def get_prep_value(self, value: Any) -> Any:
        """The token that is stored."""
        return value if value is None else encrypted(value)


class _Withheld(Mapping[str, str]):
    def __init__(self, error: Unreadable) -> None:
        self._error = error

    def _refuse(self, *_: object) -> NoReturn:
        raise self._error

    __getitem__ = _refuse

    def __iter__(self) -> Iterator[str]:
        self._refuse()

    def __len__(self) -> int:
        self._refuse()


def encrypted(variables: Mapping[str, str]) -> str:
    """A token of the first key, different each time."""
    return encrypted_text(json.dumps(dict(variables)))


def decrypted(token: str) -> dict[str, str]:
    """The variables in a token of any key. Raises Unreadable."""
    variables: dict[str, str] = json.loads(decrypted_text(token, "The environment variables"))
    return variables


def encrypted_text(text: str) -> str:
    """A token of the first key, different each time."""
    return _fernet().encrypt(text.encode()).decode()


def decrypted_text(token: str, what: str = "Secrets") -> str:
    """The text in a token of any key. Raises Unreadable, whose message begins with `what`."""
    try:
        return _fernet().decrypt(token).decode()
    except InvalidToken:
        raise Unreadable(
            f"{what} cannot be decrypted: ENCRYPTION_KEYS lacks the key they were stored with."
        ) from None


def reencrypted(token: str) -> str | None:
    """The same text with the first key, None when that is what encrypts it. Raises Unreadable."""
    try:
        Fernet(settings.ENCRYPTION_KEYS[0]).decrypt(token)
    except InvalidToken:
        return encrypted_text(decrypted_text(token))
    return None


def readable(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables with their values; none where they cannot be decrypted."""
    try:
        return dict(variables)
    except Unreadable:
        return {}


def names(variables: Mapping[str, str]) -> list[str]:
    """The variables' names without their values; none where they cannot be decrypted."""
    return list(readable(variables))


def _fernet() -> MultiFernet:
    return _of_keys(tuple(settings.ENCRYPTION_KEYS))


@lru_cache(4)
def _of_keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
