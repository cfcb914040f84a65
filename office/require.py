"""The draft that a use case is about."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.schedule import Draft, load_draft
from office.errors import OfficeError


def require_draft(session: Session) -> Draft:
    """The current draft; ``OfficeError`` where there is none."""
    draft = load_draft(session)
    if draft is None:
        raise OfficeError(
            "there is no draft. Maybe make one: careweave schedule --from MONDAY --weeks 6?"
        )
    return draft
