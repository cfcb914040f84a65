"""The engine: facts and care plans in, the best provable schedule out.

Knows no database, file, clock, terminal or network.
"""
