"""One small clinic network as an exchange folder, and drafts made by hand for it.

Northgate is open on weekdays, Southgate is half an hour away. Maya massages at Northgate
08:00-16:00 from Monday to Thursday, Omar the same at Southgate. Dina and Ruth can come on all
weekdays; each has a plan of one massage a week for two weeks from Monday 1 March 2027. Vera is
pregnant, so her plan is held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from models.schedule import RunRecord, published_version, record_run, save_draft
from office.import_folder import import_folder
from office.record import writing
from scheduler.horizon import Horizon
from scheduler.outcome import SessionKey, Visit
from scheduler.settings import Settings

MONDAY = date(2027, 3, 1)
SATURDAY = date(2027, 2, 27)
NOW = datetime(2027, 2, 27, 17, 0, tzinfo=UTC)
LATER = datetime(2027, 2, 28, 9, 0, tzinfo=UTC)

FILES = {
    "locations": """\
location_id,name,address,timezone,phone
north,Northgate,"1 Main St, Gresham",America/Los_Angeles,503-555-0100
south,Southgate,,America/Los_Angeles,
""",
    "opening_hours": "location_id,weekday,opens,closes\n"
    + "".join(
        f"{place},{day},08:00,18:00\n"
        for place in ("north", "south")
        for day in ("mon", "tue", "wed", "thu", "fri")
    ),
    "rooms": """\
room_id,location_id,name,kind
n1,north,North 1,massage
n2,north,North 2,adjusting
s1,south,South 1,massage
""",
    "travel": "from_location_id,to_location_id,minutes\nnorth,south,30\n",
    "services": """\
service_id,name,minutes,changeover_minutes,credential,room_kind
massage,Massage,60,15,LMT,massage
intake,Intake and massage,75,15,LMT,massage
adjust,Adjustment,15,0,DC,adjusting
""",
    "therapists": """\
therapist_id,name,email,credentials,techniques,max_minutes_per_day,max_minutes_per_week
maya,Maya Rossi,maya@clinic.example,LMT,cupping,300,1200
omar,Omar Haddad,,LMT,,300,1200
ivo,Ivo Berg,,DC,,300,1200
""",
    "shifts": "therapist_id,location_id,weekday,starts,ends,valid_from,valid_until\n"
    + "".join(
        f"{who},{place},{day},08:00,13:00,,\n"
        for who, place in (("maya", "north"), ("omar", "south"), ("ivo", "north"))
        for day in ("mon", "tue", "wed", "thu")
    ),
    "clients": """\
client_id,name,email,phone,home_location_id,other_location_ids,preferred_therapist_id
dina,Dina Young,dina@mail.example,503-555-0101,north,south,maya
ruth,Ruth Okoye,,,south,,
vera,Vera Ng,,,north,,
""",
    "client_hours": "client_id,weekday,starts,ends\n"
    + "".join(
        f"{who},{day},08:00,18:00\n"
        for who in ("dina", "ruth", "vera")
        for day in ("mon", "tue", "wed", "thu", "fri")
    ),
    "care_plans": """\
plan_id,client_id,condition,service_id,intake_service_id,techniques,start_date,priority,status,\
companion_service_id,authorised_visits,authorised_until,contraindications,cleared_by,cleared_on
p07,dina,chronic,massage,,,2027-03-01,routine,active,,,,,,
p08,ruth,acute,massage,,,2027-03-01,urgent,active,,,,,,
p09,vera,acute,massage,,,2027-03-01,routine,active,,,,pregnancy,,
""",
    "care_plan_phases": """\
plan_id,phase,sessions_per_week,weeks
p07,1,1,2
p08,1,1,2
p09,1,1,2
""",
    "appointments": """\
appointment_id,plan_id,session_number,service_id,therapist_id,room_id,starts_at,minutes,status,pinned
a1,p07,1,massage,maya,n1,2027-03-01T08:00,60,booked,no
a2,p08,1,massage,omar,s1,2027-03-01T08:00,60,booked,no
""",
}
"""Dina's and Ruth's first sessions are promised; nothing else is."""

HORIZON = Horizon(MONDAY, 2)


def folder(path: Path, changes: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """The folder at ``path``, with a text in some of its files replaced by another."""
    path.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        old, new = (changes or {}).get(name, ("", ""))
        assert old in content, (name, old)
        text = content.replace(old, new) if old else content
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def settle(db: str, path: Path, changes: Mapping[str, tuple[str, str]] | None = None) -> str:
    """Let the database know the folder, which is written to ``path``."""
    import_folder(db, folder(path / "exchange", changes), now=NOW, who="mia")
    return db


def visit(plan_id: str, number: int, starts_at: str, therapist: str = "maya") -> Visit:
    """A massage with Maya at Northgate or with Omar at Southgate."""
    location, room = ("north", "n1") if therapist == "maya" else ("south", "s1")
    moment = datetime.fromisoformat(starts_at)
    return Visit(
        plan_id,
        number,
        "massage",
        therapist,
        location,
        room,
        moment,
        60,
        companion=False,
        pinned=False,
    )


GOOD = (
    visit("p07", 1, "2027-03-01T08:00"),
    visit("p07", 2, "2027-03-08T08:00"),
    visit("p08", 1, "2027-03-02T09:00", "omar"),
)
"""Dina's promise kept and her second session new, Ruth's promise moved, her second left out."""


def draft(
    db: str,
    visits: Sequence[Visit] = GOOD,
    unbooked: Sequence[SessionKey] = (("p08", 2),),
    declined: Sequence[str] = (),
) -> None:
    """A draft of these visits for the first two weeks of March, as the engine would save it."""
    with writing(db) as session:
        run_id = record_run(session, _run(len(visits), len(unbooked)))
        base = published_version(session)
        save_draft(session, run_id, visits, unbooked, base_version=base, declined=declined)


def _run(booked: int, unbooked: int) -> RunRecord:
    return RunRecord(
        created_at=NOW,
        horizon=HORIZON,
        as_of=SATURDAY,
        fingerprint="0" * 64,
        grid=15,
        weights=Settings().weights,
        seed=7,
        seconds=1.5,
        points=3200,
        bound=3190,
        stake=8000,
        booked=booked,
        in_scope=booked + unbooked,
        most_bookable=booked + unbooked,
        parts={"unbooked": 3000, "promise-moved": 200},
    )
