"""One small folder that uses every file, as text to be spoilt line by line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILES = {
    "locations.csv": """\
location_id,name,address,timezone,phone
north,North Clinic,"1 Main St, Gresham",America/Los_Angeles,+1-503-555-0100
south,South Clinic,,America/Los_Angeles,
""",
    "opening_hours.csv": """\
location_id,weekday,opens,closes
north,mon,08:00,12:00
north,mon,12:00,19:00
south,tue,09:00,17:00
""",
    "closures.csv": """\
location_id,date,reason
,2027-12-25,Christmas
south,2027-03-12,
""",
    "rooms.csv": """\
room_id,location_id,name,kind
n1,north,North 1,massage
s1,south,South 1,massage
""",
    "travel.csv": """\
from_location_id,to_location_id,minutes
north,south,25
""",
    "services.csv": """\
service_id,name,minutes,changeover_minutes,credential,room_kind
massage,"Massage, 60 min",60,15,LMT,massage
adjust,Adjustment,15,0,DC,massage
""",
    "therapists.csv": """\
therapist_id,name,email,credentials,techniques,max_minutes_per_day,max_minutes_per_week
ann,Ann Ash,ann@clinic.example,CNMT;LMT,cupping,240,1200
ben,Ben Birch,,DC,,300,1500
""",
    "shifts.csv": """\
therapist_id,location_id,weekday,starts,ends,valid_from,valid_until
ann,north,mon,08:00,12:00,,
ann,south,mon,13:00,17:00,,2027-03-31
ann,south,mon,14:00,17:00,2027-04-01,
ben,south,tue,09:00,17:00,,
""",
    "time_off.csv": """\
therapist_id,starts_at,ends_at,reason
ann,2027-03-01T00:00,2027-03-08T00:00,holiday
""",
    "clients.csv": """\
client_id,name,email,phone,home_location_id,other_location_ids,preferred_therapist_id
cleo,Cleo Cole,cleo@mail.example,503-555-0101,north,south,ann
dora,Dora Dean,,,south,,
""",
    "client_hours.csv": """\
client_id,weekday,starts,ends
cleo,mon,08:00,20:00
dora,tue,09:00,12:30
""",
    "client_away.csv": """\
client_id,first_day,last_day
cleo,2027-03-22,2027-03-22
""",
    "care_plans.csv": """\
plan_id,client_id,condition,service_id,intake_service_id,techniques,start_date,priority,status,\
companion_service_id,authorised_visits,authorised_until,contraindications,cleared_by,cleared_on
p1,cleo,chronic,massage,,cupping,2027-02-22,routine,active,adjust,12,2027-12-31,,,
p2,dora,acute,massage,massage,,2027-02-22,urgent,paused,,,,malignancy;pregnancy,Dr. Lee,2027-02-21
""",
    "care_plan_phases.csv": """\
plan_id,phase,sessions_per_week,weeks
p1,1,2,3
p1,2,0.5,4
p2,1,1,2
""",
    "appointments.csv": """\
appointment_id,plan_id,session_number,service_id,therapist_id,room_id,starts_at,minutes,status,pinned
a1,p1,1,massage,ann,n1,2027-02-22T08:00,60,completed,no
a2,p1,8,massage,ann,n1,2027-03-29T08:15,60,booked,yes
""",
}


def make_folder(path: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """The folder at ``path``, or one of ``files``."""
    path.mkdir(parents=True, exist_ok=True)
    for name, content in (FILES if files is None else files).items():
        data = content.encode() if isinstance(content, str) else content
        (path / name).write_bytes(data)
    return path


def spoil(path: Path, name: str, old: str, new: str) -> None:
    """Replace a text that stands exactly once in a file of the folder."""
    content = (path / name).read_bytes().decode()
    assert content.count(old) == 1, (name, old)
    (path / name).write_bytes(content.replace(old, new).encode())
