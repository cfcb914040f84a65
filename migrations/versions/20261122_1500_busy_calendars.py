"""Therapists' own calendars."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet: filled together with its tables."""


def downgrade() -> None:
    """Nothing yet: filled together with its tables."""
