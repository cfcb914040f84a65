"""Answer the fetches of calendar programs: the bytes of a feed, by the hash of its secret.

The record stays open. Each fetch asks it two short questions, one for the link and one for the
moment (``models.moment``); a feed is only made again when the moment is another one, so most
fetches read nothing else, and a change that was published is in the very next one. While somebody
writes for long, what can't be dated is answered without a date.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from threading import Lock

from models.errors import LockedError, StoreError
from models.feed_links import FeedKind, changed_at, save_change, save_uses, valid_link
from models.moment import Moment, moment
from models.store import Store, open_store
from office.feed_contents import Clinic, Material

log = logging.getLogger("careweave.feeds")

_TRIES = 5
"""How often a feed is made again because somebody changed the record meanwhile."""

_PATIENCE = 0.5
"""Seconds that a fetch waits to date what it got: for other fetches, and for other programs."""

_Subject = tuple[FeedKind, str]
_AsOf = tuple[Moment, date]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a subscriber gets: the calendar, the tag of its bytes and since when they are these.

    The tag is weak since the same bytes may travel compressed. ``changed_at`` has whole seconds,
    and is None where the record could not be asked to keep it: somebody else was writing.
    """

    content: bytes
    etag: str
    changed_at: datetime | None


class FeedDesk:
    """Whoever answers for the feeds of one record; many threads may ask at once."""

    def __init__(self, db: str) -> None:
        self._db = db
        self._opening, self._making, self._dating, self._noting = Lock(), Lock(), Lock(), Lock()
        self._store: Store | None = None
        self._schema = ""
        self._clinic: tuple[_AsOf, Clinic] | None = None
        self._feeds: dict[_Subject, tuple[_AsOf, Feed]] = {}
        self._contents: dict[_Subject, tuple[Material, bytes]] = {}
        self._uses: dict[int, datetime] = {}

    def check(self) -> None:
        """``StoreError`` where the record can't be read."""
        with self._opened().reading() as session:
            self._check_schema(moment(session))

    def fetch(self, secret: str, now: datetime) -> Feed | None:
        """The feed at the address with this hash; None where no valid link has it.

        ``StoreError`` where the record can't be read, or can't be written for another reason
        than that somebody else is writing.
        """
        store = self._opened()
        with store.reading() as session:
            link = valid_link(session, secret, now)
            seen = moment(session)
        self._check_schema(seen)
        if link is None:
            return None
        with self._noting:
            self._uses[link.link_id] = now
        return self._feed(store, (link.kind, link.subject_id), seen, now)

    def note_uses(self) -> None:
        """Write down when links were last used; not within a fetch, which must not wait for it."""
        with self._noting:
            uses, self._uses = self._uses, {}
        if not uses:
            return
        try:
            with self._opened().writing() as session:
                save_uses(session, uses)
        except BaseException:
            with self._noting:
                self._uses = {**uses, **self._uses}
            raise

    def close(self) -> None:
        """Note the last uses if that is possible, and close the record."""
        try:
            self.note_uses()
        except Exception:  # noqa: BLE001 - it may be closed because the record is broken
            log.warning("the last uses of links could not be noted")
        with self._opening:
            if self._store:
                self._store.dispose()
                self._store = None

    def _opened(self) -> Store:
        with self._opening:
            if self._store and self._store.in_place:
                return self._store
            if self._store:
                self._store.dispose()
                self._store = None
            store = open_store(self._db)
            with store.reading() as session:
                self._schema = moment(session).schema
            self._clinic, self._feeds = None, {}
            self._store = store
            return store

    def _check_schema(self, seen: Moment) -> None:
        if seen.schema != self._schema:
            open_store(self._db).dispose()  # says what is wrong with it

    def _feed(self, store: Store, subject: _Subject, seen: Moment, now: datetime) -> Feed:
        as_of = (seen, now.date())
        if (known := self._feeds.get(subject)) and known[0] == as_of:
            return known[1]
        for _ in range(_TRIES):
            with self._making:
                as_of, clinic = self._clinic_since(store, seen, now.date())
                if (known := self._feeds.get(subject)) and known[0] == as_of:
                    return known[1]
                content = self._content(clinic, subject)
            feed = _dated(store, self._dating, subject, content, as_of[0], now)
            if isinstance(feed, Feed):
                if feed.changed_at:
                    self._feeds[subject] = (as_of, feed)
                return feed
            seen = feed
        raise StoreError(f"the database {store.name} changes all the time. Maybe try again later?")

    def _content(self, clinic: Clinic, subject: _Subject) -> bytes:
        """The calendar; not written again where all that it is made of is as before."""
        material = clinic.material(*subject)
        if (known := self._contents.get(subject)) and known[0] == material:
            return known[1]
        content = material.calendar()
        self._contents[subject] = material, content
        return content

    def _clinic_since(self, store: Store, seen: Moment, today: date) -> tuple[_AsOf, Clinic]:
        """The clinic at that moment or later, read once for all feeds."""
        if self._clinic and self._clinic[0] == (seen, today):
            return self._clinic
        with store.reading() as session:
            self._clinic = (moment(session), today), Clinic.load(session, today)
        return self._clinic


def _dated(
    store: Store, turn: Lock, subject: _Subject, content: bytes, made_at: Moment, now: datetime
) -> Feed | Moment:
    """The feed with the instant of its change, which the record keeps unless it is locked.

    Or else the moment that the record has reached meanwhile: what is older than what others have
    seen must not count as a change. Fetches that write take turns.
    """
    etag = f'W/"{sha256(content).hexdigest()[:32]}"'
    with store.reading() as session:
        since = changed_at(session, *subject, etag)
    if since or not turn.acquire(timeout=_PATIENCE):
        return Feed(content, etag, since)
    try:
        with store.writing(_PATIENCE) as session:
            if (reached := moment(session)) != made_at:
                return reached
            since = save_change(session, *subject, etag, now)
    except LockedError:
        since = None
    finally:
        turn.release()
    return Feed(content, etag, since)
