"""What all tables have in common: the registry and the names of their constraints."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from models.types import TextSet, TextTuple, UtcDateTime

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""Every constraint has a name: a migration can't change what it can't name."""


class Base(DeclarativeBase):
    """A row. Ids that people know are the clinic's own text keys."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it once, nobody changes it
        datetime: UtcDateTime(),
        frozenset[str]: TextSet(),
        tuple[str, ...]: TextTuple(),
    }
