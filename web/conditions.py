"""Has the subscriber got this already? Conditional requests of RFC 9110, section 13."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.datastructures import Headers

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def not_modified(headers: Headers, etag: str, changed_at: datetime | None, now: datetime) -> bool:
    """Whether the request says that it has the content with this tag, unchanged since then.

    A tag is better than a date: where there is one, the date is not looked at. Nobody has what
    could not be dated, as far as dates tell.
    """
    if tags := headers.getlist("if-none-match"):
        return _names_tag(", ".join(tags), etag)
    dates = headers.getlist("if-modified-since")
    since = _date(dates[0]) if len(dates) == 1 else None
    # A date to come is none that we gave: perhaps the subscriber's clock is wrong.
    return since is not None and changed_at is not None and changed_at <= since <= now


def http_date(instant: datetime) -> str:
    """As in ``Mon, 01 Mar 2027 09:00:00 GMT``."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def _names_tag(text: str, etag: str) -> bool:
    """Whether a list of tags has this one, weak or strong; a star stands for any."""
    opaque = etag.removeprefix("W/")
    return text.strip() == "*" or opaque in _TAG.findall(text)


def _date(text: str) -> datetime | None:
    """The instant; None for what is no date. One without a zone is asctime's, which is UTC."""
    try:
        instant = parsedate_to_datetime(text)
        return instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
