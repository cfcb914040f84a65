"""Links to calendar feeds, and when each feed last changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import choices, create, drop, instants, maybe, number_given_here, texts

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KIND = "kind IN ('therapist', 'location', 'room', 'client')"


def upgrade() -> None:
    create(
        "feed_links",
        "id",
        number_given_here("id"),
        *choices("kind"),
        *texts("subject_id token_hash created_by"),
        *instants("created_at"),
        *maybe("expires_at revoked_at last_used_at", sa.DateTime(timezone=True)),
        checks={"feedkind": KIND},
        unique=("token_hash",),
    )
    op.create_index("ix_feed_links_subject", "feed_links", ["kind", "subject_id"])
    create(
        "feed_states",
        "kind subject_id",
        *choices("kind"),
        *texts("subject_id etag"),
        *instants("changed_at"),
        checks={"feedkind": KIND},
    )


def downgrade() -> None:
    drop("feed_states feed_links")
