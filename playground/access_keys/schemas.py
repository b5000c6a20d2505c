"""The shapes of access keys in the JSON API, for its OpenAPI document. `representation` makes the values."""

from datetime import datetime

from ninja import Field, Schema

from invoker import limits
from playground.access_keys.scope import Scope


class KeyBody(Schema):
    """A key to be made."""

    name: str = Field(min_length=1, max_length=limits.ACCESS_KEY_NAME_LENGTH_MAX)
    scopes: list[Scope] = Field(min_length=1)
    expires_in_days: int | None = Field(None, ge=1, le=limits.ACCESS_KEY_DAYS_MAX, description="null: never.")


class KeyChangesBody(Schema):
    """What is to become other; what is not named stays."""

    name: str = Field("", min_length=1, max_length=limits.ACCESS_KEY_NAME_LENGTH_MAX)
    scopes: list[Scope] = Field([], min_length=1)


class AccessKey(Schema):
    """A key as its owner knows it."""

    id: str = Field(description="The access key id of AWS's clients.")
    name: str
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None = Field(description="To the minute.")
    expires_at: datetime | None
    revoked_at: datetime | None


class NewAccessKey(AccessKey):
    """A key that has just been made."""

    secret: str = Field(description="The secret access key of AWS's clients. It is never told again.")
    bearer: str = Field(description="What stands behind `Authorization: Bearer`.")


class AccessKeys(Schema):
    """An owner's keys."""

    keys: list[AccessKey]
