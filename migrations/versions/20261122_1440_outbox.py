"""Mails that wait to be sent."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet: filled together with its tables."""


def downgrade() -> None:
    """Nothing yet: filled together with its tables."""
