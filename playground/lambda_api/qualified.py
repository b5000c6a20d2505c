"""What a qualifier stands for: $LATEST, a version, or an alias that leads to one."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from playground.lambda_api.errors import LambdaApiError, function_not_found
from playground.lambda_api.function_name import LATEST, FunctionReference
from playground.lambda_api.function_store import found_snippet, invoked_snippet
from playground.lambda_api.identity import Identity
from playground.snippets.models import Alias, Function, Snippet, Version

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Qualified:
    """A function with the code and configuration that its qualifier stands for."""

    snippet: Snippet
    function: Function
    version: str
    """$LATEST, or a version's number."""

    @classmethod
    def latest(cls, snippet: Snippet) -> "Qualified":
        """A function as it is being edited."""
        return cls(snippet, snippet, LATEST)

    @classmethod
    def numbered(cls, snippet: Snippet, version: Version) -> "Qualified":
        """A function as one of its versions has it."""
        return cls(snippet, version, str(version.number))


def found(reference: FunctionReference, identity: Identity) -> Qualified:
    """What a request reads: of an alias with weights its main version. Raises ResourceNotFoundException."""
    return _resolved(found_snippet(reference.name, identity), reference, identity)


def invoked(reference: FunctionReference, identity: Identity) -> Qualified:
    """What is invoked: of an alias with weights one version by chance. Raises as `found` does."""
    missing = identity.arn(reference.name, reference.qualifier or LATEST)
    snippet = invoked_snippet(reference.name, identity, missing)
    return _resolved(snippet, reference, identity, random.random())  # noqa: S311 - no secret


def version_of(snippet: Snippet, number: str, identity: Identity) -> Version:
    """A version by its number. Raises ResourceNotFoundException."""
    version = snippet.versions.filter(number=int(number)).first() if is_number(number) else None
    if version is None:
        raise function_not_found(identity.arn(snippet.function_name, number))
    return version


def is_number(qualifier: str) -> bool:
    """Whether a qualifier is a version's number, and no alias."""
    return bool(_NUMBER.fullmatch(qualifier))


def chosen(version: str, weights: Mapping[str, float], chance: float) -> str:
    """The version that an alias leads to; `chance` is from 0 up to 1."""
    for other, weight in weights.items():
        if chance < weight:
            return other
        chance -= weight
    return version


def _resolved(
    snippet: Snippet, reference: FunctionReference, identity: Identity, chance: float = 1.0
) -> Qualified:
    qualifier = reference.qualifier
    if qualifier in (None, LATEST):
        return Qualified.latest(snippet)
    number = qualifier
    if not is_number(qualifier):
        alias = Alias.objects.filter(snippet=snippet, name=qualifier).first()
        if alias is None:
            raise function_not_found(identity.arn(snippet.function_name, qualifier))
        number = chosen(alias.version, alias.weights, chance)
        if number == LATEST:
            return Qualified.latest(snippet)
    return Qualified.numbered(snippet, version_of(snippet, number, identity))


def alias_not_found(snippet: Snippet, name: str, identity: Identity) -> LambdaApiError:
    """No alias has this name (404)."""
    arn = identity.arn(snippet.function_name, name)
    return LambdaApiError("ResourceNotFoundException", f"Cannot find alias arn: {arn}")
