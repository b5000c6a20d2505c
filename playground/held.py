"""How much of something each of many holders has at the moment, within limits. One event loop's alone."""

from collections import Counter
from collections.abc import Iterable


class Held:
    """Amounts by holder. An empty holder is nobody in particular, and only counts in all."""

    def __init__(self) -> None:
        self._amounts: Counter[str] = Counter()
        self.total = 0

    def of(self, holder: str) -> int:
        """What one holder has."""
        return self._amounts[holder] if holder else 0

    def add(self, holders: Iterable[str], amount: int) -> None:
        """Count an amount for each of the holders, and once in all. A negative one gives it back."""
        self.total += amount
        for holder in filter(None, holders):
            self._amounts[holder] += amount
            if not self._amounts[holder]:
                del self._amounts[holder]
