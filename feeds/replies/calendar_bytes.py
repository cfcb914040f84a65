"""Other people's iCalendar bytes to components, with the library's traps closed.

- ``from_ical`` opens a file if it is given a ``str`` that is a path: it only ever gets bytes here.
- icalendar keeps the zones that a calendar defines for the whole process, and the first definition
  of a name wins. Without forgetting them, one client's mail would shift the times of the next.
- What a zone's clocks do is worked out only when a time is asked for. A mail of 12 kB can make that
  take a minute and more than a gigabyte, so rules that no real zone has are refused beforehand.
"""

from __future__ import annotations

import codecs
import re
import threading
import warnings
from collections.abc import Iterator

from icalendar import Calendar, Component
from icalendar.timezone import tzp

_ONE_AT_A_TIME = threading.Lock()
"""The zones that icalendar knows are shared by all threads."""

_CODECS = ("iso", "cp", "utf-16", "utf-32", "shift", "euc", "gb", "big5", "koi8", "mac", "hz")
"""Beginnings of the names of character sets. Python's other codecs are for other things."""

_PARTS = frozenset(("FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "WKST", "UNTIL", "COUNT", "INTERVAL"))
_DAYS_OF_A_WEEK = 7
_MOST_RULES = 100
"""Thunderbird writes all of a zone's history, which are some thirty rules at most."""

_MOST_DATES = 1000
_FIRST_START = "1600"
"""Outlook lets all zones begin in 1601."""

_FOLD = re.compile(r"\r?\n[ \t]")


def text_of(octets: bytes, charset: str) -> str:
    """The text of a part, whose ``charset`` may be missing, unknown or a lie.

    Whatever is valid UTF-8 is taken for that. What fits nothing is read as latin-1, which always
    works, so that an umlaut in a comment costs no answer.
    """
    for name in ("utf-8-sig", charset):
        try:
            codec = codecs.lookup(name)
            if name == "utf-8-sig" or codec.name.startswith(_CODECS):
                text = octets.decode(codec.name)
                if "\0" not in text:
                    return text
        except (LookupError, UnicodeError, ValueError):
            continue
    return octets.decode("latin-1")


def parse(text: str) -> list[Component]:
    """The calendars in ``text``; ``ValueError`` where there is none, or a zone can't be trusted.

    icalendar raises other exceptions too where bytes are malformed in a way that nobody foresaw.
    """
    _refuse_busy_zones(text)
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of zone names that it had to guess
        tzp.use_default()
        try:
            calendars = Calendar.from_ical(text.encode(), multiple=True)
        finally:
            tzp.use_default()
    if not calendars:  # what it returns for one that was cut off
        raise ValueError("it has no end")
    return list(calendars)


def _refuse_busy_zones(text: str) -> None:
    """Raise ``ValueError`` for zones that take long to read: real ones change twice a year."""
    rules = dates = 0
    for word, value in _lines_of_zones(text):
        dates += value.count(",") if word == "RDATE" else 0
        if word in {"RRULE", "EXRULE"}:
            rules += 1
            if not _is_calm(value):
                raise ValueError("a time zone has clocks that change more often than twice a year")
        if word == "DTSTART" and value < _FIRST_START:
            raise ValueError("a time zone begins before there were any")
    if rules > _MOST_RULES or dates > _MOST_DATES:
        raise ValueError("its time zones have more rules than there are in the world")


def _lines_of_zones(text: str) -> Iterator[tuple[str, str]]:
    """The name and value of each property inside a VTIMEZONE."""
    inside = False
    for line in _FOLD.sub("", text).splitlines():
        name, _, value = line.partition(":")
        word, value = name.partition(";")[0].strip().upper(), value.strip().upper()
        if word in {"BEGIN", "END"} and value == "VTIMEZONE":
            inside = word == "BEGIN"
        elif inside:
            yield word, value


def _is_calm(rule: str) -> bool:
    """Whether clocks change by this rule on one day a year, or one of a week in one month."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    picks_days = "BYDAY" in parts or "BYMONTHDAY" in parts
    return (
        parts.get("FREQ") == "YEARLY"
        and parts.keys() <= _PARTS
        and "," not in parts.get("BYDAY", "")
        and parts.get("BYMONTHDAY", "").count(",") < _DAYS_OF_A_WEEK
        and parts.get("BYMONTH", "" if picks_days else "1").isdecimal()
    )
