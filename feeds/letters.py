"""What mails say, from templates: ours in ``feeds/templates``, or the clinic's own instead.

A template of a mail's text begins with a line ``Subject: …`` and an empty one. Templates run in
Jinja2's sandbox: they can reach the words that they are given, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from itertools import product
from traceback import walk_tb

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from feeds.messages import Letter
from feeds.visits import House, Visit
from feeds.wording import one_line

LAYOUT = "layout.html"
NAMES = ("invite.txt", "invite.html", "summary.txt", "summary.html", "notice.txt", "notice.html")
"""The templates of the three kinds of mail; those in HTML share a layout."""

_SUBJECT = "Subject:"
_FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template can do wrong."""


class TemplateFaultError(ValueError):
    """A template can't be used; the message names its file and line."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"the template {name}, line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class Change:
    """What changed: new where there is no ``was``, off where there is no ``visit``, else moved."""

    visit: Visit | None
    was: Visit | None
    first_visit: bool = False

    @property
    def shown(self) -> Visit:
        """What it is about: the visit as it stands, or as it was before it was off."""
        visit = self.visit or self.was
        if visit is None:
            raise ValueError("a change of nothing into nothing")
        return visit

    @property
    def kind(self) -> str:
        """One of ``new``, ``moved`` and ``cancelled``."""
        if self.visit is None:
            return "cancelled"
        return "new" if self.was is None else "moved"


class Letters:
    """All templates, ready to write; ``own`` are the clinic's, by name.

    ``TemplateFaultError`` where one of them is no template, or would fail on some mail.
    """

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        sources = {**shipped(), **(own or {})}
        self._environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(lambda name: (sources[name], name, None)),
            autoescape=lambda name: name is not None and name.endswith(".html"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        if own:
            _try_all(self)

    def invite(self, house: House, name: str, change: Change) -> Letter:
        """The mail to the client ``name`` with one invite."""
        return self._write("invite", house=house, name=_first(name), change=change)

    def summary(self, house: House, name: str, changes: tuple[Change, ...]) -> Letter:
        """The mail to the client ``name`` with all that changed."""
        return self._write("summary", house=house, name=_first(name), changes=changes)

    def notice(self, house: House, name: str, changes: tuple[Change, ...]) -> Letter:
        """The mail to the therapist ``name`` with what changed for the next hours."""
        return self._write("notice", house=house, name=one_line(name), changes=changes)

    def _write(self, kind: str, **words: object) -> Letter:
        head, _, body = self._render(f"{kind}.txt", words).partition("\n")
        if not head.startswith(_SUBJECT) or not head.removeprefix(_SUBJECT).strip():
            raise TemplateFaultError(
                f"{kind}.txt", 1, f"it must begin with {_SUBJECT} and a subject."
            )
        html = self._render(f"{kind}.html", words)
        return Letter(one_line(head.removeprefix(_SUBJECT)), body.lstrip("\n"), html)

    def _render(self, name: str, words: Mapping[str, object]) -> str:
        try:
            return self._environment.get_template(name).render(words)
        except TemplateSyntaxError as error:
            raise TemplateFaultError(
                error.name or name, error.lineno, f"{error.message}."
            ) from error
        except KeyError as error:
            raise TemplateFaultError(
                name, 1, f"there is no template {error}. Maybe {LAYOUT}?"
            ) from error
        except _FAULTS as error:
            place, line = _where(error, name)
            raise TemplateFaultError(place, line, f"{error}".rstrip(".") + ".") from error


def shipped() -> dict[str, str]:
    """Our own templates by name."""
    folder = files("feeds").joinpath("templates")
    return {name: folder.joinpath(name).read_text("utf-8") for name in (LAYOUT, *NAMES)}


def _first(name: str) -> str:
    """How a letter calls a client: "Young, Dina" and "Dina Young" are both Dina."""
    family, comma, given = one_line(name).partition(",")
    return (given if comma else family).strip().partition(" ")[0] or one_line(name)


def _where(error: Exception, name: str) -> tuple[str, int]:
    """The innermost template that failed, and its line: Jinja2 puts both into the traceback."""
    known = {LAYOUT, *NAMES}
    places = [
        (frame.f_code.co_filename, line)
        for frame, line in walk_tb(error.__traceback__)
        if frame.f_code.co_filename in known
    ]
    return places[-1] if places else (name, 1)


def _try_all(letters: Letters) -> None:
    """Write one mail of every sort that there is."""
    for house, change in product(_houses(), _changes()):
        letters.invite(house, "Dina Young", change)
    for house in _houses():
        letters.summary(house, "Dina Young", tuple(_changes()))
        letters.notice(house, "Maya Rossi", tuple(_changes()))


def _houses() -> Iterator[House]:
    yield House("")
    yield House("Willow Massage", "Comfortable clothes", "Call a day ahead", name_services=True)


def _changes() -> Iterator[Change]:
    full = Visit(
        starts_at=datetime(2027, 3, 1, 17, tzinfo=UTC),
        day="Monday, 1 March 2027",
        begins="9:00 am",
        ends="10:00 am",
        zone="PST",
        minutes=60,
        therapist="Maya Rossi",
        location="Northgate",
        address="1 Main St, Gresham",
        phone="503-555-0100",
        room="North 1",
        service="Massage",
        client="D.Y.",
    )
    bare = replace(full, address="", phone="", service="", client="")
    for visit, was in ((full, None), (bare, full), (full, bare), (None, full), (None, bare)):
        for first in (False, True):
            yield Change(visit, was, first)
