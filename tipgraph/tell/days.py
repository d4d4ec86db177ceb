"""Days, months and years as people write them."""

from __future__ import annotations

import re
from datetime import date

DAY = re.compile(r"\d{4}-\d\d(-\d\d)?|\d{4}")
"""A day, a month or a year, as exact as it is recorded."""
BETWEEN = " to "
"""Stands between the two days between which a day lies."""
NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)


def day_in_words(text: str) -> str:
    """Return a day or a month as people write it; a year and any other text stay.

    >>> day_in_words("2010-01-01"), day_in_words("2012-04"), day_in_words("2008")
    ('1 January 2010', 'April 2012', '2008')
    """
    if not DAY.fullmatch(text) or len(text) == 4:
        return text
    try:
        day = date.fromisoformat(f"{text}-01"[:10])
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}" if len(text) == 10 else f"{day:%B %Y}"


def is_between(text: str) -> bool:
    """Tell whether a text gives the two days between which a day lies."""
    first, between, last = text.partition(BETWEEN)
    return bool(between and DAY.fullmatch(first) and DAY.fullmatch(last))


def is_known(since: str) -> bool:
    """Tell whether a first day is recorded, at least by its year."""
    return bool(DAY.fullmatch(since))


def number_in_words(number: int) -> str:
    """Return a number in words as far as twelve.

    >>> number_in_words(3), number_in_words(30)
    ('three', '30')
    """
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts.

    >>> counted(1, "treaty", "treaties"), counted(2, "plan")
    ('one treaty', 'two plans')
    """
    return f"{number_in_words(number)} {one if number == 1 else many or f'{one}s'}"
