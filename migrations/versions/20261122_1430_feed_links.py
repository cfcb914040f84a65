"""Links to calendar feeds."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet: filled together with its tables."""


def downgrade() -> None:
    """Nothing yet: filled together with its tables."""
