"""The kill loop: SIGKILL at random while one process publishes and another sends mails.

``python -m tests.slow.kill_loop --kills 200`` prints what it counted, and fails where a published
change did not arrive, or a mail arrived twice with different bytes. ``make kill-loop`` runs it.

The mail server is a process of its own that nobody kills; it writes down each mail before it
accepts it. Now and then it hangs up instead of saying so, or puts a mail off. Time runs ``SPEED``
times faster than real, so that leases and pauses end soon.
"""

from __future__ import annotations

import argparse
import base64
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from models.bookings import load_rows
from models.clients import ClientRow
from models.mail_queue import waiting
from models.outbox import MailKind, MailState, OutboxRow
from models.schedule import published_version
from models.store import upgrade
from office.publish import Publication, publish
from office.record import reading
from office.send_invites import send_due
from office.settings import set_setting
from scheduler.facts import AppointmentStatus
from scheduler.outcome import SessionKey, Visit
from tests.office.clinic import NOW, draft, settle, visit
from tests.office.post_office import Phone, calendar_part, free_port, parsed

SPEED = 600
"""Seconds of the clinic in one of ours: a lease ends after one, and a day after 144."""

BASE = datetime(2027, 2, 15, 9, tzinfo=UTC)
"""Two weeks before the first appointment."""

CLIENTS = {"clients": ("ruth,Ruth Okoye,,,", "ruth,Ruth Okoye,ruth@mail.example,,")}
PUTS_OFF, HANGS_UP = 0.15, 0.15  # of all mails; it has taken those at which it hangs up
FORK = multiprocessing.get_context("fork")  # a new process within milliseconds


@dataclass(frozen=True)
class Site:
    """What all processes share."""

    db: str
    folder: Path
    port: int
    began: float

    @property
    def now(self) -> datetime:
        """The clinic's time."""
        return BASE + timedelta(seconds=(time.time() - self.began) * SPEED)

    @property
    def environment(self) -> dict[str, str]:
        """Where mails go."""
        return {"CAREWEAVE_SMTP": f"smtp://127.0.0.1:{self.port}"}

    def note(self, name: str, line: str) -> None:
        """Add a line to a log, for good: it must be true even if we are killed right after."""
        with (self.folder / name).open("a", encoding="ascii") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())

    def lines(self, name: str) -> list[str]:
        """The log as far as it was written; a line that was cut off counts as none."""
        path = self.folder / name
        return path.read_text("ascii").split("\n")[:-1] if path.exists() else []


@dataclass
class Recorder:
    """The mail server's side: writes a mail down, then accepts it, or hangs up, or puts it off."""

    site: Site
    dice: random.Random

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        mood = self.dice.random()
        if mood < PUTS_OFF:
            self.site.note("put off", envelope.rcpt_tos[0])
            return "451 4.3.0 come again later"
        content = base64.b64encode(envelope.content).decode("ascii")
        self.site.note("arrived", json.dumps([envelope.rcpt_tos[0], content]))
        if mood < PUTS_OFF + HANGS_UP and server.transport:
            self.site.note("hung up", envelope.rcpt_tos[0])
            server.transport.close()
        return "250 OK"


def serve(site: Site, seed: int) -> None:
    """Accept mails until the process is ended."""
    Controller(Recorder(site, random.Random(seed)), hostname="127.0.0.1", port=site.port).start()
    while True:
        time.sleep(60)


def publish_on_and_on(site: Site, seed: int) -> None:
    """Publish one schedule after another, and write down each that was."""
    dice = random.Random(seed)
    while True:
        visits, unbooked = a_schedule(dice)
        draft(site.db, visits, unbooked)
        published = publish(site.db, now=site.now, who="mia")
        if isinstance(published, Publication):
            site.note("published", str(published.version))
        time.sleep(dice.uniform(0, 0.3))


def send_on_and_on(site: Site, seed: int) -> None:
    """Send whatever is due."""
    while True:
        send_due(site.db, site.now, environment=site.environment)
        time.sleep(0.01)


def a_schedule(dice: random.Random) -> tuple[list[Visit], list[SessionKey]]:
    """Some slots for some of the sessions of two clients."""
    visits, unbooked = [], []
    for plan, therapist in (("p07", "maya"), ("p08", "omar")):
        for number, monday in ((1, 1), (2, 8)):
            if number == 2 and dice.random() < 0.3:
                unbooked.append((plan, number))
                continue
            start = f"2027-03-{monday + dice.randrange(2):02}T{dice.choice(('08:00', '10:00'))}"
            visits.append(visit(plan, number, start, therapist))
    return visits, unbooked


def run(site: Site, kills: int, seed: int) -> Counter[str]:
    """Kill, start again, and count whom."""
    dice = random.Random(seed)
    targets: dict[str, Callable[[Site, int], None]] = {
        "publisher": publish_on_and_on,
        "sender": send_on_and_on,
    }
    counted: Counter[str] = Counter()
    at_work = {name: start(target, site, seed) for name, target in targets.items()}
    try:
        for number in range(kills):
            time.sleep(dice.uniform(0.05, 0.8))
            name = dice.choice(sorted(targets))
            assert at_work[name].is_alive(), f"the {name} ended on its own"
            end(at_work[name])
            counted[name] += 1
            at_work[name] = start(targets[name], site, seed + number + 1)
    finally:
        for process in at_work.values():
            end(process)
    return counted


def start(target: Callable[[Site, int], None], site: Site, seed: int) -> BaseProcess:
    process = FORK.Process(target=target, args=(site, seed), daemon=True)
    process.start()
    return process


def end(process: BaseProcess) -> None:
    process.kill()
    process.join()


def send_the_rest(site: Site) -> None:
    """With nobody to kill us, until nothing waits."""
    for _ in range(200):
        send_due(site.db, site.now, environment=site.environment)
        with reading(site.db) as session:
            if not waiting(session):
                return
        time.sleep(0.1)
    raise AssertionError("mails still wait")


def places_of(site: Site) -> dict[str, tuple[datetime, str]]:
    """When and with whom each appointment is, by UID."""
    with reading(site.db) as session:
        rows = load_rows(session).values()
        return {row["uid"]: (row["starts_at"], row["therapist_id"]) for row in rows}


def judge(site: Site, before: dict[str, tuple[datetime, str]]) -> Counter[str]:
    """What arrived against what was published; AssertionError where they differ.

    ``before`` is where appointments were that clients were told of by the old system.
    """
    arrived = [json.loads(line) for line in site.lines("arrived")]
    mails = [(address, base64.b64decode(content)) for address, content in arrived]
    counted = judge_bytes([content for _, content in mails])
    phones: dict[str, Phone] = {}
    for address, content in mails:
        phones.setdefault(address, Phone()).read(content)
    for phone in phones.values():
        for sequences in phone.seen.values():
            assert sequences == sorted(sequences), "an older state arrived after a newer one"
    published = [int(line) for line in site.lines("published")]
    with reading(site.db) as session:
        version = published_version(session)
        assert published == sorted(set(published))
        assert published[-1] <= version, "a publication that was acknowledged is gone"
        rows = session.scalars(select(OutboxRow)).all()
        judge_outbox(rows, {parsed(content)["Message-ID"] for _, content in mails})
        addresses = dict(session.execute(select(ClientRow.client_id, ClientRow.email)).all())
        appointments = list(load_rows(session).values())
        counted["appointments"] = judge_phones(appointments, addresses, phones, before)
    counted |= Counter({name: len(site.lines(name)) for name in ("put off", "hung up")})
    counted["publications"] = version
    counted["invites superseded unsent"] = sum(
        it.state is MailState.SUPERSEDED and it.kind is MailKind.INVITE for it in rows
    )
    return counted


def judge_bytes(contents: Sequence[bytes]) -> Counter[str]:
    """No mail, and no state of an appointment, came in two forms."""
    by_id: dict[str, bytes] = {}
    by_state: dict[tuple[str, int, str], bytes] = {}
    for content in contents:
        assert by_id.setdefault(parsed(content)["Message-ID"], content) == content
        if calendar := calendar_part(content):
            (event,) = calendar.events
            state = (str(event["UID"]), int(event["SEQUENCE"]), str(calendar["METHOD"]))
            assert by_state.setdefault(state, content) == content
    repeated = len(contents) - len(by_id)
    return Counter({"mails arrived": len(contents), "of them repeats to the byte": repeated})


def judge_outbox(rows: Sequence[OutboxRow], arrived: set[str]) -> None:
    """Everything sent has arrived, nothing was given up, nothing superseded has left."""
    states = {row.message_id: row.state for row in rows}
    assert set(states.values()) <= {MailState.SENT, MailState.SUPERSEDED}
    assert {key for key, state in states.items() if state is MailState.SENT} == arrived


def judge_phones(
    rows: Sequence[Any],
    addresses: dict[str, str],
    phones: dict[str, Phone],
    before: dict[str, tuple[datetime, str]],
) -> int:
    """Every calendar shows what stands, and nothing else; how many appointments that are.

    Of what stands where the old system told of it no mail need ever come, not even where it was
    moved to and fro before one could leave.
    """
    count = 0
    for client_id, address in addresses.items():
        mine = [row for row in rows if row["client_id"] == client_id]
        booked = {
            row["uid"]: row["starts_at"]
            for row in mine
            if row["status"] is AppointmentStatus.BOOKED
        }
        phone = phones.get(address, Phone())
        unheard = {row["uid"]: row for row in mine if row["uid"] in booked.keys() - phone.seen}
        for uid, row in unheard.items():
            assert (row["starts_at"], row["therapist_id"]) == before.get(uid)
        assert {**{uid: booked[uid] for uid in unheard}, **phone.shows()} == booked
        count += len(booked)
    return count


def kill_loop(folder: Path, kills: int, seed: int, db: str = "") -> Counter[str]:
    """All of it, in ``folder``; AssertionError where something was lost or told wrong."""
    site = Site(db or str(folder / "careweave.db"), folder, free_port(), time.time())
    upgrade(site.db)
    settle(site.db, folder, CLIENTS)
    set_setting(site.db, "mailbox", "appointments@willow.example", now=NOW, who="mia")
    set_setting(site.db, "grace_minutes", "1", now=NOW, who="mia")
    before = places_of(site)
    server = FORK.Process(target=serve, args=(site, seed), daemon=True)
    server.start()
    try:
        counted = run(site, kills, seed)
        send_the_rest(site)
        return counted + judge(site, before)
    finally:
        end(server)


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill whoever publishes and sends, at random.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", default="", help="an empty database; a SQLite file otherwise")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="careweave-") as folder:
        began = time.monotonic()
        counted = kill_loop(Path(folder), asked.kills, asked.seed, asked.db)
    seconds = time.monotonic() - began
    sys.stdout.write(f"{asked.kills} kills in {seconds:.0f} s, seed {asked.seed}\n")
    sys.stdout.writelines(f"  {name}: {number:,}\n" for name, number in counted.items())
    sys.stdout.write("  published changes lost: 0, mails repeated with other content: 0\n")


if __name__ == "__main__":
    main()
