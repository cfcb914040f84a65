"""From a run of the engine to the published schedule: all that ``office`` needs, in one place."""

from __future__ import annotations

from models.changes import Change, Kind, counted
from models.drafts import (
    Draft,
    abandon_draft,
    add_to_draft,
    begin_draft,
    complete_draft,
    discard_draft,
    draft_of,
    load_draft,
    load_visits,
    save_draft,
)
from models.publish import (
    Published,
    appointments_under,
    draft_appointments,
    draft_changes,
    publish_draft,
)
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
    "abandon_draft",
    "add_to_draft",
    "appointments_under",
    "begin_draft",
    "complete_draft",
    "counted",
    "discard_draft",
    "draft_appointments",
    "draft_changes",
    "draft_of",
    "load_draft",
    "load_run",
    "load_visits",
    "publish_draft",
    "published_grids",
    "published_run",
    "published_version",
    "record_run",
    "save_draft",
]
