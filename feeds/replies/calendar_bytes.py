"""Other people's iCalendar bytes to components, with the library's traps closed.

- ``from_ical`` opens a file if it is given a ``str`` that is a path: it only ever gets bytes here.
- icalendar keeps the zones that a calendar defines for the whole process, and the first definition
  of a name wins. Without forgetting them, one client's mail would shift the times of the next.
- A zone whose clocks change every second is read only when a time is asked for, and takes minutes:
  such rules are refused beforehand.
"""

from __future__ import annotations

import codecs
import re
import threading
import warnings

from icalendar import Calendar, Component
from icalendar.timezone import tzp

_ONE_AT_A_TIME = threading.Lock()
"""The zones that icalendar knows are shared by all threads."""

_CODECS = ("iso", "cp", "utf-16", "utf-32", "shift", "euc", "gb", "big5", "koi8", "mac", "hz")
"""Beginnings of the names of character sets. Python's other codecs are for other things."""

_RULE = re.compile(r"(?i)FREQ=YEARLY(;(BYMONTH|BYDAY|BYMONTHDAY|WKST|UNTIL|COUNT|INTERVAL)=[^;]*)*")
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
    """Raise ``ValueError`` for a zone whose clocks change by any rule but a yearly one."""
    inside = False
    for line in _FOLD.sub("", text).splitlines():
        name, _, value = line.partition(":")
        word = name.partition(";")[0].strip().upper()
        if word in {"BEGIN", "END"} and value.strip().upper() == "VTIMEZONE":
            inside = word == "BEGIN"
        elif inside and word in {"RRULE", "EXRULE"} and not _RULE.fullmatch(value.strip()):
            raise ValueError("a time zone has clocks that change more often than twice a year")
