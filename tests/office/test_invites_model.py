"""Whatever is published, undone, sent, refused or cut off: phones end up with what stands.

Hypothesis publishes schedules and lets the mail server answer in every way it can. Two calendars
read what arrived as calendar programs do, and a model knows no more than that.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from models.bookings import load_rows
from office.invites import list_mails, retry_mail
from office.publish import publish
from office.record import reading
from office.send_invites import send_due
from scheduler.facts import AppointmentStatus
from tests.office.clinic import LATER, draft, settle, visit
from tests.office.mails import DINA, RUTH, RUTHS, open_post
from tests.office.post_office import ACCEPTED, Phone, PostOffice, parsed, phones, post_office

SLOTS = ("2027-03-{:02}T08:00", "2027-03-{:02}T10:00")
PLANS = (("p07", "maya"), ("p08", "omar"))


class Invites(RuleBasedStateMachine):
    """A clinic with two clients, its mail server and their phones."""

    def new_database(self, folder: Path) -> str:
        raise NotImplementedError

    @initialize()
    def open_the_clinic(self) -> None:
        self.exits = ExitStack()
        folder = Path(self.exits.enter_context(tempfile.TemporaryDirectory()))
        self.db = open_post(settle(self.new_database(folder), folder, RUTHS))
        self.office: PostOffice = self.exits.enter_context(post_office())
        self.now = LATER

    def teardown(self) -> None:
        if hasattr(self, "exits"):
            try:
                self.all_is_told_in_the_end()
            finally:
                self.exits.close()

    @rule(
        first=st.lists(st.sampled_from((1, 2)), min_size=2, max_size=2),
        second=st.lists(st.sampled_from((0, 8, 9)), min_size=2, max_size=2),
        slot=st.sampled_from(SLOTS),
    )
    def publish(self, first: list[int], second: list[int], slot: str) -> None:
        days = zip(PLANS, first, second, strict=True)
        visits, unbooked = [], []
        for (plan, therapist), one, two in days:
            visits.append(visit(plan, 1, slot.format(one), therapist))
            if two:
                visits.append(visit(plan, 2, slot.format(two), therapist))
            else:
                unbooked.append((plan, 2))
        draft(self.db, visits, unbooked)
        publish(self.db, now=self.now, who="mia")

    @rule(minutes=st.sampled_from((1, 3, 12)))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(answer=st.sampled_from(("", "450 later", "550 never")), to=st.sampled_from((DINA, RUTH)))
    def send(self, answer: str, to: str) -> None:
        if answer:
            self.office.to_recipients[to] = answer
        send_due(self.db, self.now, environment=self.office.environment)
        self.office.to_recipients.clear()

    @rule()
    def send_and_lose_the_connection(self) -> None:
        self.office.hangs_up_after_taking = True
        send_due(self.db, self.now, environment=self.office.environment)
        self.office.hangs_up_after_taking = False

    @rule()
    def refuse_all_content(self) -> None:
        self.office.to_content = "451 not now"
        send_due(self.db, self.now, environment=self.office.environment)
        self.office.to_content = ACCEPTED

    @rule()
    def retry_what_failed(self) -> None:
        while failed := list_mails(self.db, self.now, failed=True):
            retry_mail(self.db, failed[0].id, now=self.now, who="mia")

    @invariant()
    def no_older_state_arrives_after_a_newer_one(self) -> None:
        if not hasattr(self, "office"):
            return
        for phone in phones(self.office).values():
            for sequences in phone.seen.values():
                assert sequences == sorted(sequences)
        contents: dict[str, bytes] = {}
        for _, content in self.office.taken:
            assert contents.setdefault(parsed(content)["Message-ID"], content) == content

    def all_is_told_in_the_end(self) -> None:
        for _ in range(12):  # longer than any pause or lease that there can be by now
            self.now += timedelta(minutes=33)
            self.retry_what_failed()
            send_due(self.db, self.now, environment=self.office.environment)
        assert {it.state for it in list_mails(self.db, self.now)} <= {"sent"}
        self.no_older_state_arrives_after_a_newer_one()
        for client_id, address in (("dina", DINA), ("ruth", RUTH)):
            assert self.shown_on(address) == self.standing_for(client_id)

    def shown_on(self, address: str) -> set[datetime]:
        return set(phones(self.office).get(address, Phone()).shows().values())

    def standing_for(self, client_id: str) -> set[datetime]:
        """What is booked, without what the old system announced and nobody changed since."""
        with reading(self.db) as session:
            rows = load_rows(session).values()
        told = phones(self.office).get(DINA if client_id == "dina" else RUTH, Phone()).entries
        return {
            row["starts_at"]
            for row in rows
            if row["client_id"] == client_id
            and row["status"] is AppointmentStatus.BOOKED
            and (row["uid"] in told or row["starts_at"] != IMPORTED)
        }


IMPORTED = LATER.replace(month=3, day=1, hour=16)
"""When both clients' first sessions were promised by the old system."""


def test_phones_end_up_with_what_stands(sqlite_template: Path) -> None:
    class OnSqlite(Invites):
        def new_database(self, folder: Path) -> str:
            return str(shutil.copy(sqlite_template, folder / "careweave.db"))

    limits = settings(max_examples=8, stateful_step_count=10, deadline=None)
    run_machine(OnSqlite, settings=limits)


def test_phones_end_up_with_what_stands_on_postgresql(
    postgresql_database: Callable[[str], str], postgresql_template: str
) -> None:
    class OnPostgresql(Invites):
        def new_database(self, folder: Path) -> str:
            return postgresql_database(postgresql_template)

    limits = settings(max_examples=2, stateful_step_count=10, deadline=None)
    run_machine(OnPostgresql, settings=limits)
