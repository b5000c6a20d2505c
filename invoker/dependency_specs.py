"""What the package.json of a submission and its lock file ask for, and what of it is not taken. Pure.

Nothing is installed here. Addresses, folders and git repositories are refused all the same, by name: whoever
installs a function that was exported would fetch from there whatever it gives by then.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from invoker import limits, locked_packages
from invoker.fault import Fault
from invoker.json_leaves import Leaf, has_more_parts, is_json, leaves, shown
from invoker.text_place import place_at
from invoker.version_range import is_range

FIELDS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "overrides")
TAKEN = (
    'Only a range of versions is taken, such as "^1.2.0" or "1.x || >=2": no address, git repository, file,'
    " link, workspace, alias or tag. Nothing is installed here."
)


def dependency_faults(texts: Mapping[str, str]) -> list[Fault]:
    """The faults of package.json and of its lock file, with line and column.

    Those of the root alone are the submission's own, whatever lies in node_modules. A text that is no JSON
    has no fault here: Node.js tells what is wrong with it.
    """
    return [fault for path in _READERS if path in texts for fault in _faults(path, texts[path])]


def _faults(path: str, text: str) -> list[Fault]:
    # A mark of byte order is passed over by Node.js and npm; to Python it is no JSON.
    plain = f" {text[1:]}" if text.startswith("\ufeff") else text
    field = ("files", path)
    if has_more_parts(plain, limits.DEPENDENCY_PARTS_MAX):
        message = f"It has more than {limits.DEPENDENCY_PARTS_MAX} names, values and signs."
        return [Fault(field, message)]
    most = limits.DEPENDENCY_FAULTS_MAX
    try:
        found = list(islice(_READERS[path](plain), most + 1)) if is_json(plain) else []
    except ValueError:
        return []
    faults = [Fault(field, message, *place_at(text, at)) for at, message in found[:most]]
    if len(found) > most:
        faults.append(Fault(field, f"More than {most} of its entries are not taken; these are the first."))
    return faults


def _not_wished(text: str) -> Iterator[tuple[int, str]]:
    """Of a package.json, each wish that is not taken: its offset in the text, and why."""
    wishes = 0
    for leaf in leaves(text):
        field = leaf.way[0] if leaf.way else None
        if field == "workspaces" and leaf.value:
            yield leaf.at, f"{shown(leaf.value)} in workspaces is a folder to install from. {TAKEN}"
        if field not in FIELDS:
            continue
        wishes += 1
        if wishes > limits.DEPENDENCIES_MAX:
            yield leaf.at, f"There are too many dependencies: {limits.DEPENDENCIES_MAX} at most."
            return
        if reason := _reason(leaf):
            yield leaf.at, f"{reason} {TAKEN}"


def _reason(leaf: Leaf) -> str | None:
    field, *names = leaf.way
    if not names and not leaf.value:
        return None
    named = [name for name in names if isinstance(name, str)]
    # Overrides lie within each other; the range of a package itself is at a point then.
    if not named or named != names or (len(names) > 1 and field != "overrides"):
        return f"{field} must be an object with a text for each name."
    if isinstance(leaf.value, str):
        # It stands for the range of the dependency of that name.
        is_reference = field == "overrides" and leaf.value.startswith("$")
        if is_reference or is_range(leaf.value):
            return None
    name = next((name for name in reversed(named) if name != "."), ".")
    return f"{shown(name)} in {field} is {shown(leaf.value)}."


def _not_locked(text: str) -> Iterator[tuple[int, str]]:
    """The same of a lock file."""
    for leaf in leaves(text):
        if reason := locked_packages.complaint(leaf):
            yield leaf.at, reason


_READERS: dict[str, Callable[[str], Iterator[tuple[int, str]]]] = {
    "package.json": _not_wished,
    "package-lock.json": _not_locked,
    "npm-shrinkwrap.json": _not_locked,
}
