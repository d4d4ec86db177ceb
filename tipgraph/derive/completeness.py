"""Hold how many members or parties a list is said to have against what was derived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tipgraph.derive.derive import Derived
from tipgraph.derive.when import NEVER_ENDED
from tipgraph.source.facts import Completeness


def check_completeness(lists: Iterable[Completeness], derived: Derived) -> None:
    """Raise InputError with file and line where a list has not as many as are said to be known.

    Counted is who has one of the standings that the row names, without an end.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for prefix, all_times in (
        ("org", derived.memberships),
        ("instrument", derived.participations),
    ):
        for (about, _), times in all_times.items():
            last = [time for time in times if time.may.last == NEVER_ENDED]
            counts.update((f"{prefix}/{about}", time.standing) for time in last)
    for row in lists:
        counted = sum(counts[row.about, name] for name in row.counts)
        if int(row.known) != counted:
            raise row.row.error(f"{row.known} are said to be known, but {counted} are derived")
