"""Every table of the record, for Alembic: importing a row's file is what registers it."""

from __future__ import annotations

from models import (
    appointments,
    audit,
    busy,
    clients,
    feed_links,
    outbox,
    places,
    plans,
    protocols,
    replies,
    runs,
    settings,
    staff,
)
from models.base import Base

SUBJECTS = (
    places,
    staff,
    clients,
    plans,
    runs,
    appointments,
    audit,
    protocols,
    settings,
    outbox,
    feed_links,
    busy,
    replies,
)

metadata = Base.metadata
