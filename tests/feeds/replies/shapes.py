"""Answers in the shapes in which calendar programs write them."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

UID = "5a1c7a52-5b9c-4d2e-9a53-7f1f4be0c001"
CLIENT = "client@example.org"
CLINIC = "appointments@willow.example"

ZONE = """\
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def event(*lines: str, drop: str = "") -> str:
    """An event that answers; a line takes the place of the one of the same name."""
    given = {line.partition(":")[0].partition(";")[0]: line for line in lines}
    usual = {
        "UID": f"UID:{UID}",
        "DTSTAMP": "DTSTAMP:20270225T120000Z",
        "DTSTART": "DTSTART:20270301T160000Z",
        "DTEND": "DTEND:20270301T170000Z",
        "SEQUENCE": "SEQUENCE:0",
        "ATTENDEE": f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{CLIENT}",
    }
    kept = {key: line for key, line in {**usual, **given}.items() if key not in drop.split()}
    return "\n".join(("BEGIN:VEVENT", *kept.values(), "END:VEVENT\n"))


def calendar(*events: str, method: str = "REPLY", head: str = "") -> str:
    """A calendar of these events, with the line ends of iCalendar."""
    said = f"METHOD:{method}\n" if method else ""
    text = f"BEGIN:VCALENDAR\nPRODID:-//Test//EN\nVERSION:2.0\n{said}{head}{''.join(events)}"
    return f"{text}END:VCALENDAR\n".replace("\n", "\r\n")


def mail(
    ics: str | bytes,
    *,
    sender: str = f"Cleo Client <{CLIENT}>",
    method: str = "REPLY",
    charset: str = "utf-8",
    cte: str = "base64",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A mail with a calendar beside a text, as all programs send it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = CLINIC
    message["Subject"] = "Accepted: your appointment"
    message["Message-ID"] = "<answer-1@example.org>"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content("Cleo has answered your invitation.\n")
    octets = ics if isinstance(ics, bytes) else ics.encode(charset)
    message.add_attachment(
        octets,
        maintype="text",
        subtype="calendar",
        cte=cte,
        disposition="inline",
        params={"method": method, "charset": charset} if method else {"charset": charset},
    )
    return message.as_bytes()
