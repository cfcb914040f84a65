"""Full disks and sudden death: the published schedule is the one before or the one after."""

from __future__ import annotations

import multiprocessing
import random
import time
from datetime import datetime, timedelta
from multiprocessing.synchronize import Event

import pytest
from sqlalchemy import text

from models.network import load_network
from models.schedule import load_draft, publish_draft, published_version, record_run, save_draft
from models.store import Store, StoreError, open_store
from scheduler.facts import Appointment
from tests.models.samples import LATER, TEN, appointment, at, draft, run, save, visit

KILLS = 20
PLANS = ("p1", "p2", "p3")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # it can play a full disk
def test_a_disk_that_fills_up_leaves_the_old_schedule(store: Store) -> None:
    save(store, appointment("a1"))
    sessions = [(plan, number) for plan in PLANS for number in range(1, 61)]
    visits = [
        visit(plan, TEN + timedelta(minutes=75 * place), number=number)
        for place, (plan, number) in enumerate(sessions, start=1)
    ]
    draft(store, visits)
    with store.reading() as session:
        before = load_network(session)
        kept = load_draft(session)
    with store.writing() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    full = pytest.raises(StoreError, match=r"the disk is full. Nothing was changed. Maybe free")
    with full, store.writing() as session:
        publish_draft(session, LATER, "mia")
    with store.reading() as session:
        assert load_network(session) == before
        assert load_draft(session) == kept
        assert published_version(session) == 0
    with store.writing() as session:  # and with space again it works
        session.execute(text("PRAGMA max_page_count = 100000"))
        assert publish_draft(session, LATER, "mia").version == 1


def publish_without_end(url: str, ready: Event) -> None:
    """Move all three clients by a day, then back, and so on: version n has them on day n % 2."""
    store = open_store(url)
    while True:
        publish_next(store)
        ready.set()


def publish_next(store: Store) -> None:
    with store.writing() as session:
        version = published_version(session) + 1
        visits = [visit(plan, start(plan, version)) for plan in PLANS]
        save_draft(session, record_run(session, run()), visits, [])
    with store.writing() as session:
        publish_draft(session, LATER, "mia")


def start(plan: str, version: int) -> datetime:
    return at(version % 2, f"{8 + 2 * PLANS.index(plan):02}:00")


def state(store: Store) -> tuple[int, tuple[Appointment, ...]]:
    with store.reading() as session:
        marks = session.scalar(text("SELECT count(*) FROM appointments WHERE contested"))
        assert not marks, "parked appointments must not outlive their transaction"
        return published_version(session), load_network(session).appointments


def test_death_in_the_middle_of_publishing(database_url: str) -> None:
    """SIGKILL at random moments, many times: never a mixture of two versions."""
    store = open_store(database_url)
    save(store)
    moments = random.Random(41)
    version = 0
    for _ in range(KILLS):
        store.dispose()  # no connection may be shared with the child
        kill_a_publisher(database_url, moments.uniform(0, 0.05))
        before, (version, appointments) = version, state(store)
        assert version > before
        assert {(it.plan_id, it.starts_at) for it in appointments} == {
            (plan, start(plan, version)) for plan in PLANS
        }
    store.dispose()


def kill_a_publisher(url: str, seconds: float) -> None:
    """Let one publish once and then for so long, and kill it."""
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    child = context.Process(target=publish_without_end, args=(url, ready))
    child.start()
    assert ready.wait(60)
    time.sleep(seconds)
    assert child.exitcode is None, "the publisher must not fail by itself"
    child.kill()
    child.join()
