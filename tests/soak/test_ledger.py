"""An account that does not balance says what is wrong."""

from dataclasses import replace

from tests.soak.functions import KINDS
from tests.soak.ledger import Account, Sent, Stored, account

QUICK = next(kind for kind in KINDS if kind.name == "quick")
SENT = {"a": Sent("a", QUICK, accepted=True)}
ROW = Stored("a", "finished", "ok", "", said=1, ends=1)


def faults(found: Account) -> set[str]:
    return {name for name, tokens in found.faults.items() if tokens}


def test_what_agrees_balances() -> None:
    assert account(SENT, [ROW]).balanced
    stopped = replace(ROW, outcome="platform_error", notice="The worker stopped.", said=0)
    assert account(SENT, [stopped]).balanced


def test_one_that_nobody_answered_for_may_be_there_or_not() -> None:
    unknown = {"a": Sent("a", QUICK, accepted=False)}
    assert account(unknown, []).balanced
    assert account(unknown, [ROW]).balanced
    assert faults(account(unknown, [ROW, ROW])) == {"doubled"}


def test_everything_that_is_wrong_has_its_name() -> None:
    assert faults(account(SENT, [])) == {"lost"}
    assert faults(account(SENT, [replace(ROW, said=2)])) == {"doubled"}
    assert faults(account(SENT, [replace(ROW, state="running", outcome="", ends=0)])) == {"left running"}
    assert faults(account(SENT, [replace(ROW, outcome="timeout")])) == {"ended otherwise"}
    assert faults(account(SENT, [replace(ROW, outcome="platform_error")])) == {"without a reason"}
    refused = {"a": Sent("a", QUICK, accepted=False, refused=True)}
    assert faults(account(refused, [ROW])) == {"kept though refused"}
