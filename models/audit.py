"""Who did what and when. Rows are added and never changed: the guards hold that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class AuditRow(Base):
    """``who`` did ``action`` to ``subject``; before and after as far as there was one."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


def record(  # noqa: PLR0913, PLR0917 - an audit row is who, when, what, to what, from what, into what
    session: Session,
    now: datetime,
    who: str,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    """Add one row; ``before`` and ``after`` must be JSON values."""
    session.add(
        AuditRow(
            at=now,
            who=who,
            action=action,
            subject=subject,
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
        )
    )


def last_set(session: Session, key: str) -> datetime | None:
    """When the setting was last changed; None where it never was."""
    setting = AuditRow.action == "set", AuditRow.subject == key
    return session.scalar(select(func.max(AuditRow.at)).where(*setting))


def last_row(session: Session) -> int:
    """The number of the last row: it grows with whatever anybody changes. 0 where there is none."""
    return session.scalar(select(func.max(AuditRow.id))) or 0


def last_day(session: Session) -> date | None:
    """The day, in UTC, of the last row; None where there is none."""
    at = session.scalar(select(func.max(AuditRow.at)))
    return at.date() if at else None
