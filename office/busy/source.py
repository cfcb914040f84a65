"""Where a calendar comes from: an address of the web, or a file on this machine."""

from __future__ import annotations

from pathlib import Path

from feeds.busy_times import MOST_BYTES
from office.errors import OfficeError
from office.fetch import Allowed, Fetched, Unchanged, Validators, get, parse

_WEBCAL = {"webcal": "https", "webcals": "https"}
"""How calendar programs write an address that is to be subscribed to."""


def canonical(source: str) -> str:
    """What is kept of what was typed: an address with https, or a whole path.

    ``FetchError`` for an address that is none of the web.
    """
    text = source.strip()
    scheme, separator, rest = text.partition("://")
    if not separator:
        return str(Path(text).expanduser().absolute())
    address = f"{_WEBCAL.get(scheme.lower(), scheme)}://{rest}"
    parse(address)
    return address


def shown(source: str) -> str:
    """What may be told of a source: the host, for the rest may be a secret; or the file's name."""
    if "://" in source:
        url = parse(source)
        return f"{url.scheme}://{url.host}/…"
    return f"…/{Path(source).name}"


def obtain(source: str, allowed: Allowed, validators: Validators) -> Fetched | Unchanged:
    """The bytes of a calendar, unless they are as before; ``OfficeError`` says why there are none.

    What is plainly something else, a page that asks for a login above all, is refused here.
    """
    if "://" in source:
        fetched = get(source, most_bytes=MOST_BYTES, allowed=allowed, validators=validators)
    else:
        fetched = Fetched(_read_file(Path(source)), Validators())
    if isinstance(fetched, Fetched):
        _refuse_pages(fetched.body, shown(source))
    return fetched


def _read_file(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():  # a pipe or a device may never end
            raise OfficeError(f"{str(path)!r} is no file. Maybe one that ends with .ics?")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise OfficeError(f"{str(path)!r} can't be read: {reason}. Maybe another path?") from None
    if len(data) > MOST_BYTES:
        raise OfficeError(f"{str(path)!r} has more than {MOST_BYTES // 1_000_000} MB.")
    return data


def _refuse_pages(body: bytes, name: str) -> None:
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper()
    if start.startswith(b"<"):
        raise OfficeError(
            f"{name} is a page to look at and no calendar; maybe it asks for a login. "
            "Maybe the calendar's secret address, which ends with .ics?"
        )
    if start != b"BEGIN:VCALENDAR":
        raise OfficeError(
            f"{name} is no calendar: it does not begin with BEGIN:VCALENDAR. "
            "Maybe another address, one that ends with .ics?"
        )
