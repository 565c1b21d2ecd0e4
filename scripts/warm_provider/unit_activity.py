"""Who is being served at the moment, and who has asked to stop.

Terraform sends Stop to its provider at Ctrl-C, and the provider then cuts short the waits of all its callers.
With one provider for all units, one unit's Stop must not reach the others: it counts once everybody who is
being served has asked for it, which is what Ctrl-C on a whole run looks like.
"""

import contextlib
from collections import Counter
from collections.abc import Iterator


class Activity:
    """Calls under way and wishes to stop, by unit."""

    def __init__(self) -> None:
        self._calls: Counter[str] = Counter()
        self._stopping: set[str] = set()

    @contextlib.contextmanager
    def serving(self, unit: str) -> Iterator[None]:
        """Count a call of *unit* as under way."""
        self._calls[unit] += 1
        try:
            yield
        finally:
            self._calls[unit] -= 1
            if not self._calls[unit]:
                del self._calls[unit]

    @property
    def calls(self) -> int:
        """How many calls are under way."""
        return self._calls.total()

    def begin(self, unit: str) -> None:
        """Forget an earlier wish to stop: *unit* has a new Terraform process."""
        self._stopping.discard(unit)

    def wish_to_stop(self, unit: str) -> None:
        """Note that *unit* wants its operations cut short."""
        self._stopping.add(unit)

    def take_stop(self) -> bool:
        """Tell whether to stop the provider now; a wish is granted once."""
        if not self._calls or not self._calls.keys() <= self._stopping:
            return False
        self._stopping.clear()
        return True
