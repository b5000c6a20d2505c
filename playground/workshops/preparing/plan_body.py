"""The bodies that the plan editor sends → values, or every fault at once. Pure."""

from dataclasses import dataclass
from typing import Any

from invoker import limits
from invoker.fault import Fault
from playground.json_body import Fields
from playground.workshops import reading
from playground.workshops.plan import WorkshopPlan
from playground.workshops.plan_reader import read_plan


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """A plan that is to take the place of the one of `revision`."""

    revision: int
    plan: WorkshopPlan


def read_change(body: object) -> PlanChange | list[Fault]:
    """The change in a JSON value; faults of the plan lie below `plan`."""
    fields = Fields(body, "a change of a plan", ("revision", "plan"))
    missing = [Fault((name,), f"{name} is missing.") for name in ("revision", "plan") if name not in fields]
    fields.faults.extend(missing)
    revision = fields.whole_number("revision", 0, "no unit")
    plan = fields.take("plan", WorkshopPlan(title=""), _plan)
    return fields.faults or PlanChange(revision=revision, plan=plan)


def _plan(value: Any) -> WorkshopPlan | list[Fault]:
    read = read_plan(value)
    return reading.below(("plan",), read) if isinstance(read, list) else read


def read_markdown(body: object) -> str | list[Fault]:
    """A text that is to be shown as it will look."""
    fields = Fields(body, "a preview", ("text",))
    text = fields.text("text", "", limits.WORKSHOP_TEXT_LENGTH_MAX)
    if "text" not in fields:
        fields.faults.append(Fault(("text",), "text is missing."))
    return fields.faults or text
