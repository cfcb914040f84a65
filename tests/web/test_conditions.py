"""Which conditional requests find nothing new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from starlette.datastructures import Headers

from web.conditions import http_date, not_modified

TAG = 'W/"abc"'
CHANGED = datetime(2027, 3, 1, 9, 0, 0, tzinfo=UTC)
NOW = CHANGED + timedelta(days=1)
OLD = "Mon, 01 Mar 2027 08:59:59 GMT"
SAME = "Mon, 01 Mar 2027 09:00:00 GMT"
YOUNG = "Mon, 01 Mar 2027 09:00:01 GMT"
TO_COME = "Tue, 02 Mar 2027 09:00:01 GMT"

TAGS = {
    None: None,
    'W/"abc"': True,
    '"abc"': True,
    "*": True,
    '"x", W/"abc"': True,
    '"x"': False,
    "abc": False,
    '"ab"c"': False,
    "": False,
}
DATES = {
    None: None,
    OLD: False,
    SAME: True,
    YOUNG: True,
    TO_COME: False,
    "Monday, 01-Mar-27 09:00:00 GMT": True,  # RFC 850's form
    "Mon Mar  1 09:00:00 2027": True,  # asctime's
    "yesterday": False,
    "": False,
    "Mon, 31 Feb 2027 09:00:00 GMT": False,
    "Mon, 01 Mar 2027 09:00:00 +9999": False,
    "1": False,
}


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("date", DATES)
def test_a_tag_beats_a_date_and_nonsense_counts_as_none(tag: str | None, date: str | None) -> None:
    headers = {"if-none-match": tag, "if-modified-since": date}
    sent = Headers({name: value for name, value in headers.items() if value is not None})
    expected = bool(DATES[date]) if TAGS[tag] is None else TAGS[tag]
    assert not_modified(sent, TAG, CHANGED, NOW) is expected


def test_tags_may_stand_in_several_lines_but_dates_may_not() -> None:
    tags = [(b"if-none-match", b'"x"'), (b"if-none-match", b'"abc"')]
    assert not_modified(Headers(raw=tags), TAG, CHANGED, NOW)
    dates = [(b"if-modified-since", SAME.encode()), (b"if-modified-since", SAME.encode())]
    assert not not_modified(Headers(raw=dates), TAG, CHANGED, NOW)


def test_dates_are_written_in_greenwich() -> None:
    assert http_date(CHANGED.astimezone()) == SAME
