"""What came back on an invite: answers, proposals, bounces, and what is none of these.

Pure: the bytes of one mail in, values out. The bytes are a stranger's, so nothing in them may
crash the reader, open a file, or take more than a moment or a few megabytes.
"""

from feeds.replies.kinds import (
    Answer,
    Bounce,
    Counter,
    Finding,
    Mail,
    NotAReply,
    Reply,
    Unreadable,
)
from feeds.replies.mails import MOST_BYTES, read_mail

__all__ = [
    "MOST_BYTES",
    "Answer",
    "Bounce",
    "Counter",
    "Finding",
    "Mail",
    "NotAReply",
    "Reply",
    "Unreadable",
    "read_mail",
]
