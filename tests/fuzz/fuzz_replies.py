"""Throw made-up mails at their reader, guided by what each of them reaches: ``make fuzz``.

Half of the inputs are mails as they are, half are calendars in a mail that is sound, so that the
parser behind is reached as often as the one before.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["feeds", "icalendar", "email", "dateutil"]):
    from feeds.replies import Mail, read_mail

from tests.feeds.replies.shapes import ZONE, calendar, event, mail

REAL = Path(__file__).parents[1] / "feeds" / "replies" / "thunderbird-accepted.eml"
SEEDS = (
    b"\0" + REAL.read_bytes(),
    b"\0" + mail(calendar(event(), head=ZONE.format(name="Customized Time Zone")), cte="8bit"),
    b"\1" + calendar(event("COMMENT:Hello"), method="COUNTER").encode(),
    b"\1" + calendar(event("DURATION:PT1H", drop="DTEND"), head=ZONE.format(name="X")).encode(),
)


def read(data: bytes) -> None:
    """One input: whatever it is, something is found, and no exception comes out."""
    found = read_mail(mail(data[1:], cte="base64") if data[:1] == b"\1" else data[1:])
    assert isinstance(found, Mail)
    assert found.findings


def main() -> None:
    """Fuzz until libFuzzer's own options say that it is enough; the first one names the corpus."""
    corpus = Path(sys.argv[1])
    for number, seed in enumerate(SEEDS):
        (corpus / f"seed-{number}").write_bytes(seed)
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
