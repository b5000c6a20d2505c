"""What a package-lock.json says of where packages come from, and which of it is no registry. Pure."""

import re

from invoker.json_leaves import Leaf, shown

# A name of a host, never an address: the part after its last dot begins with a letter.
_ADDRESS = re.compile(
    r"https://(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*(?::443)?(?:/[a-z0-9@._~%+-]+)+/-/[a-z0-9._~%+-]+\.tgz",
    re.IGNORECASE,
)
# npm before 7 wrote where a package comes from into its version. An alias is of the registry, too.
_VERSION = re.compile(
    r"(?:npm:(?:@[a-z0-9._~-]+/)?[a-z0-9._~-]+@)?[0-9]+\.[0-9]+\.[0-9]+(?:[+-][a-z0-9.+-]*)?", re.IGNORECASE
)
TAKEN = (
    "Only packages of a registry are taken, at https://HOST/NAME/-/NAME-VERSION.tgz: no other address, git"
    " repository, file or link. Nothing is installed here."
)


def complaint(leaf: Leaf) -> str | None:
    """Why what a lock file says there is not taken; None where it is, or says nothing of where from."""
    if not leaf.way:
        return None
    *entry, field = leaf.way
    # All in one object, the root's own entry without a name; before npm 7 within each other.
    in_one = len(entry) == 2 and entry[0] == "packages" and entry[1] != ""
    within = bool(entry) and len(entry) % 2 == 0 and set(entry[::2]) == {"dependencies"}
    if not (in_one or within):
        return None
    if field == "resolved":
        # npm before 7 wrote false for what lies in the package of another.
        taken = leaf.value is False or _ADDRESS.fullmatch(str(leaf.value))
    else:
        taken = field != "version" or _VERSION.fullmatch(str(leaf.value))
    return None if taken else f"{shown(entry[-1])} comes from {shown(leaf.value)}. {TAKEN}"
