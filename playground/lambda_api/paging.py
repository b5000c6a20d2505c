"""ListFunctions page by page. Pure.

A marker holds the last name of the page before, so that functions made or deleted in between shift nothing.
"""

import base64
import binascii
import re
from collections.abc import Sequence

from playground.lambda_api.errors import LambdaApiError, invalid_parameter, validation, violation

PAGE_MAX = 50
MAX_ITEMS_MAX = 10_000

_NAME = re.compile(r"[a-zA-Z0-9_-]+")


def page_size(max_items: str | None) -> int:
    """How many functions a page holds: MaxItems (1 to 10,000), and never more than 50."""
    if max_items is None:
        return PAGE_MAX
    if not max_items.isascii() or not max_items.lstrip("-").isdigit() or len(max_items) > 10:
        raise LambdaApiError("SerializationException", f"{max_items[:64]} can not be converted to an Integer")
    size = int(max_items)
    if size < 1:
        raise _size_violation(size, "greater than or equal to 1")
    if size > MAX_ITEMS_MAX:
        raise _size_violation(size, f"less than or equal to {MAX_ITEMS_MAX}")
    return min(size, PAGE_MAX)


def name_before(marker: str | None) -> str:
    """The name after which the page begins; "" is the beginning."""
    if not marker:
        return ""
    try:
        name = base64.b64decode(marker, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise invalid_parameter("Invalid marker value.") from error
    if not _NAME.fullmatch(name):
        raise invalid_parameter("Invalid marker value.")
    return name


def marker_after(names: Sequence[str], size: int) -> str | None:
    """The marker of the next page, when `names` holds more than this page's `size`."""
    if len(names) <= size:
        return None
    return base64.b64encode(names[size - 1].encode(), altchars=b"-_").decode()


def _size_violation(size: int, bound: str) -> LambdaApiError:
    return validation([violation(f"'{size}'", "maxItems", f"Member must have value {bound}")])
