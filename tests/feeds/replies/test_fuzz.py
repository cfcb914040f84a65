"""Whatever the bytes: something is found, nothing crashes, no file is read."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.replies import Mail, read_mail
from tests.feeds.replies.shapes import ZONE, calendar, event, mail

REAL = Path(__file__).with_name("thunderbird-accepted.eml").read_bytes()
MADE = mail(calendar(event(), head=ZONE.format(name="Customized Time Zone")), cte="8bit")
CANARY = "canary-7c1f"

SPICE = (
    b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n",
    b"BEGIN:VTIMEZONE\r\n", b"RRULE:FREQ=SECONDLY\r\n", b"METHOD:COUNTER\r\n", b"RDATE:2027\r\n",
    b"DTSTART;TZID=:2027\r\n", b"DTSTART:00010101T000000Z\r\n", b"DURATION:P99999999999D\r\n",
    b"SEQUENCE:1e9\r\n", b"ATTENDEE;PARTSTAT:\r\n", b"\r\n ", b"\0", b"\xff\xfe", b'"', b";",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
    b"Content-Type: message/rfc822\r\n", b"=?",
    b"Content-Transfer-Encoding: uuencode\r\n", b'charset="punycode"', b'charset="utf-16"',
)  # fmt: skip


def check(content: bytes) -> None:
    read = read_mail(content)
    assert isinstance(read, Mail)
    assert read.findings
    assert CANARY not in repr(read)


@given(st.binary(max_size=2000))
def test_any_bytes(content: bytes) -> None:
    check(content)
    check(mail(content))
    check(b"BEGIN:VCALENDAR\r\n" + content)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real mail with pieces taken away, doubled, or replaced by what parsers stumble over."""
    content = draw(st.sampled_from((REAL, MADE)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        end = min(at + draw(st.sampled_from((0, 1, 2, 7, 80))), len(content))
        content = content[:at] + draw(st.sampled_from((b"", *SPICE))) + content[end:]
    return content


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_real_mails_that_were_damaged(content: bytes) -> None:
    check(content)


LINES = st.sampled_from([it.strip().decode("latin-1") for it in SPICE if it.endswith(b"\r\n")])


@given(st.lists(LINES | st.text(max_size=60), max_size=12), st.sampled_from(("REPLY", "COUNTER")))
def test_any_lines_in_an_event(lines: list[str], method: str) -> None:
    check(mail(calendar(event(*lines), method=method).encode("utf-8", "surrogatepass")))


def test_a_path_is_no_file_to_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ics"
    secret.write_text(calendar(event(f"COMMENT:{CANARY}")), encoding="utf-8")
    for text in (str(secret), f"file://{secret}", f"ATTACH:file://{secret}"):
        check(text.encode())
        check(mail(text))
        check(mail(calendar(event(f"ATTACH:{secret}", f"COMMENT:{secret}"))))


@pytest.mark.parametrize(
    "piece",
    [
        b"BEGIN:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b\r\n",
        b"X:" + b"\r\n " * 30 + b"\r\n",
        b";" * 99,
    ],
)
def test_memory_stays_within_bounds(piece: bytes) -> None:
    body = piece * (150_000 // len(piece))
    tracemalloc.start()
    try:
        check(mail(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + body + b"END:VCALENDAR\r\n"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 300 * len(body)


def test_a_thousand_mails_within_each_other() -> None:
    check(b"Content-Type: message/rfc822\n\n" * 1000)
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i)
                      for i in range(1000))  # fmt: skip
    check(nested)
