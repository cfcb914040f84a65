"""What staff do, one use case a file.

A use case takes the database's address and plain values, owns its transaction, and returns
frozen values. It prints nothing and reads no clock: "now" and "today" are passed in. What it
can't do it says with an ``OfficeError`` or one of its kin in ``office.errors``.
"""
