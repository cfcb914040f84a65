"""What a clinic has set, as text by key, and how the text is read."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

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


WEIGHT = "weights."
DEFAULTS: dict[str, str] = {
    "grid": str(Settings().grid),
    "freeze_days": str(Settings().freeze_days),
    "client_names": ClientNames.INITIALS,
    "clinic_name": "",
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


def load_client_names(session: Session) -> ClientNames:
    """What the feeds need to know."""
    return ClientNames(all_settings(session)["client_names"])


def save_setting(session: Session, key: str, value: str) -> None:
    """Set ``key``; ``StoreError`` for an unknown key or a value that can't be."""
    if key not in DEFAULTS:
        raise StoreError(f"there is no setting {key}. Maybe one of {', '.join(DEFAULTS)}?")
    _check({**all_settings(session), key: value}, key)
    session.merge(SettingRow(key=key, value=value))
    session.flush()


def _check(texts: dict[str, str], key: str) -> None:
    try:
        ClientNames(texts["client_names"])
    except ValueError:
        known = ", ".join(ClientNames)
        raise StoreError(f"{key} is {texts[key]!r}. Maybe one of {known}?") from None
    if not texts["clinic_name"].isprintable():
        raise StoreError(f"{key} is {texts[key]!r}. Maybe a name on one line, like Willow Massage?")
    if key in {"client_names", "clinic_name"}:
        return
    if not texts[key].isdecimal():
        raise StoreError(f"{key} is {texts[key]!r}. Maybe a whole number like {DEFAULTS[key]}?")
    try:
        _settings(texts)
    except ValueError as error:
        raise StoreError(str(error)) from None


def _settings(texts: dict[str, str]) -> Settings:
    weights = {weight.name: int(texts[f"{WEIGHT}{weight.name}"]) for weight in fields(Weights)}
    return Settings(Weights(**weights), int(texts["grid"]), int(texts["freeze_days"]))
