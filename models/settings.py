"""What a clinic has set, as text by key, and how the text is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.addresses import bare_address
from models.base import Base
from models.errors import StoreError
from scheduler.settings import Settings, Weights


class SettingRow(Base):
    """One setting that is not at its default."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class ClientNames(StrEnum):
    """How much of a client's name calendar feeds tell."""

    FULL = "full"
    FIRST = "first"
    INITIALS = "initials"
    ANONYMOUS = "anonymous"


class LocationNames(StrEnum):
    """How much of a client's name the feeds of locations and rooms tell."""

    NONE = "none"
    INITIALS = "initials"


WEIGHT = "weights."
DEFAULTS: dict[str, str] = {
    "grid": str(Settings().grid),
    "freeze_days": str(Settings().freeze_days),
    "client_names": ClientNames.INITIALS,
    "clinic_name": "",
    "location_names": LocationNames.NONE,
    "base_url": "",
    "mailbox": "",
    "grace_minutes": "3",
    "name_services": "no",
    "bring": "",
    "contact": "",
    "templates": "",
    **{f"{WEIGHT}{weight.name}": str(weight.default) for weight in fields(Weights)},
}
"""Every key there is, with the value that holds until somebody sets another."""


def all_settings(session: Session) -> dict[str, str]:
    """The text of every key, set or default, in the order of ``DEFAULTS``."""
    rows = session.execute(select(SettingRow.key, SettingRow.value))
    return {**DEFAULTS, **dict(rows.all())}


def load_settings(session: Session) -> Settings:
    """What the engine needs to know."""
    return _settings(all_settings(session))


def save_setting(session: Session, key: str, value: str) -> None:
    """Set ``key``; ``StoreError`` for an unknown key or a value that can't be."""
    if key not in DEFAULTS:
        raise StoreError(f"there is no setting {key}. Maybe one of {', '.join(DEFAULTS)}?")
    _check({**all_settings(session), key: value}, key)
    session.merge(SettingRow(key=key, value=value))
    session.flush()


def _check(texts: dict[str, str], key: str) -> None:
    """Refuse a value that can't be; a check of its own says so for each key that is no number."""
    value = texts[key]
    if key in CHECKS:
        if hint := CHECKS[key](value):
            raise StoreError(f"{key} is {value!r}. Maybe {hint}?")
        return
    if not value.isdecimal():
        raise StoreError(f"{key} is {value!r}. Maybe a whole number like {DEFAULTS[key]}?")
    try:
        _settings(texts)
    except ValueError as error:
        raise StoreError(str(error)) from None


def _one_of(*words: str) -> Callable[[str], str]:
    return lambda value: "" if value in words else f"one of {', '.join(words)}"


def _one_line(example: str) -> Callable[[str], str]:
    return lambda value: "" if value.isprintable() else f"{example}, on one line"


def _mailbox(value: str) -> str:
    try:
        known = not value or bare_address(value) == value
    except ValueError:
        known = False
    return "" if known else "an address alone, like appointments@willow.example"


def _minutes(value: str) -> str:
    return "" if value.isdecimal() and int(value) <= DAY else f"a whole number from 0 to {DAY}"


def _address(value: str) -> str:
    safe = r"https://[\w.:-]+(/[\w.~-]+)*|http://(127\.0\.0\.1|localhost)(:\d+)?"
    known = not value or re.fullmatch(safe, value, re.ASCII)
    return "" if known else "an address like https://calendars.willow.example"


DAY = 24 * 60
CHECKS: dict[str, Callable[[str], str]] = {
    "client_names": _one_of(*ClientNames),
    "location_names": _one_of(*LocationNames),
    "base_url": _address,
    "clinic_name": _one_line("a name like Willow Massage"),
    "mailbox": _mailbox,
    "grace_minutes": _minutes,
    "name_services": _one_of("no", "yes"),
    "bring": _one_line("Comfortable clothes and your referral"),
    "contact": _one_line("Call or answer this mail a day ahead"),
    "templates": _one_line("a folder like /srv/careweave/templates"),
}
"""What to try instead of a value that can't be; nothing where it can."""


def _settings(texts: dict[str, str]) -> Settings:
    weights = {weight.name: int(texts[f"{WEIGHT}{weight.name}"]) for weight in fields(Weights)}
    return Settings(Weights(**weights), int(texts["grid"]), int(texts["freeze_days"]))
