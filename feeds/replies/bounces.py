"""Delivery reports (RFC 3464): which mail of ours did not arrive, and why."""

from __future__ import annotations

import email
from email.message import Message

from feeds.replies.kinds import Bounce, Finding, NotAReply
from feeds.replies.words import printable

_REASON = 300
"""Letters that are kept of what a server says."""


def bounce_in(report: Message) -> Finding:
    """What a ``multipart/report`` says; a mail that is only late has not bounced."""
    blocks = [block for part in _parts(report) for block in _blocks(part)]
    failed = [it for it in blocks if _field(it, "Action").lower() == "failed"]
    if not failed:
        return NotAReply("it reports a mail of ours that did not fail", by_robot=True)
    said = _field(failed[0], "Diagnostic-Code") or _field(failed[0], "Status") or "no reason given"
    return Bounce(_original(report), printable(said, _REASON))


def _parts(report: Message) -> list[Message]:
    payload = report.get_payload()
    return [it for it in payload if isinstance(it, Message)] if isinstance(payload, list) else []


def _blocks(part: Message) -> list[Message]:
    """The groups of fields in a ``message/delivery-status``: the mail's and each recipient's."""
    return _parts(part) if part.get_content_type() == "message/delivery-status" else []


def _original(report: Message) -> str:
    """The Message-ID of the mail that did not arrive, which is returned whole or in part."""
    for part in _parts(report):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            headers = next(iter(_parts(part)), None)
        elif kind == "text/rfc822-headers":
            octets = part.get_payload(decode=True)
            headers = email.message_from_bytes(octets) if isinstance(octets, bytes) else None
        else:
            continue
        if headers is not None:
            return _field(headers, "Message-ID").strip("<> ")
    return ""


def _field(block: Message, name: str) -> str:
    return printable(str(block.get(name, "")), _REASON)
