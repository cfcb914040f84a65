"""The record: what the clinic network is, what was promised, what is drafted, and who did what.

SQLite or PostgreSQL, both migrated by Alembic. ``store`` opens it; ``network``, ``schedule``,
``settings``, ``protocols`` and ``audit`` read and write it inside a session of the caller.
Nothing here reads a clock: "now" is always passed in.
"""
