"""The feeds' routes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response

from office.feed_links import token_hash
from office.serve_feeds import Feed, FeedDesk
from web.answers import PRIVATE, not_found, plain, too_many
from web.conditions import http_date, not_modified
from web.gate import PER_ADDRESS, PER_LINK, Gate, address_of

READ = ["GET", "HEAD"]


def feed_routes(
    desk: FeedDesk, clock: Callable[[], datetime], gate: Gate, *, behind_proxy: bool
) -> APIRouter:
    """Routes that answer from ``desk``; ``behind_proxy`` believes in X-Forwarded-For."""
    router = APIRouter()

    @router.api_route("/feeds/{token}.ics", methods=READ)
    def feed(token: str, request: Request) -> Response:
        """The calendar with this secret address."""
        address = address_of(request, behind_proxy=behind_proxy)
        if seconds := gate.seconds_to_wait(PER_ADDRESS, address):
            return too_many(seconds)
        secret = token_hash(token)  # from here on nothing knows the token itself
        if seconds := gate.seconds_to_wait(PER_LINK, secret):
            return too_many(seconds)
        now = clock()
        found = desk.fetch(secret, now)
        return _answer(found, request, now) if found else not_found()

    @router.api_route("/healthz", methods=READ)
    def healthz(request: Request) -> Response:
        """Whether the record can be read, for whoever watches the server."""
        address = address_of(request, behind_proxy=behind_proxy)
        if seconds := gate.seconds_to_wait(PER_ADDRESS, address):
            return too_many(seconds)
        desk.check()
        return plain(200, "All is well.")

    return router


def _answer(feed: Feed, request: Request, now: datetime) -> Response:
    """The whole calendar, or that there is nothing new."""
    headers = {**PRIVATE, "ETag": feed.etag, "Cache-Control": "private, no-cache"}
    if (
        feed.changed_at and feed.changed_at <= now
    ):  # a date to come would be none (RFC 9110, 8.8.2.1)
        headers["Last-Modified"] = http_date(feed.changed_at)
    if not_modified(request.headers, feed.etag, feed.changed_at, now):
        return Response(status_code=304, headers={**headers, "Vary": "Accept-Encoding"})
    headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return Response(feed.content, headers=headers, media_type="text/calendar; charset=utf-8")
