"""From a run of the engine to the published schedule: all that ``office`` needs, in one place."""

from __future__ import annotations

from models.changes import Change, Kind, counted
from models.drafts import Draft, discard_draft, load_draft, save_draft
from models.publish import Published, draft_appointments, draft_changes, publish_draft
from models.run_records import (
    RunRecord,
    load_run,
    published_grids,
    published_run,
    published_version,
    record_run,
)

__all__ = [
    "Change",
    "Draft",
    "Kind",
    "Published",
    "RunRecord",
    "counted",
    "discard_draft",
    "draft_appointments",
    "draft_changes",
    "load_draft",
    "load_run",
    "publish_draft",
    "published_grids",
    "published_run",
    "published_version",
    "record_run",
    "save_draft",
]
