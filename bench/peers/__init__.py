"""Programs that plan the same weeks in other ways, each in a process of its own.

``python -m bench.peers.<name> INSTANCE_DIR OUT.jsonl --from 2027-02-22 --weeks 6
--as-of 2027-02-22 --grid 15 --seconds 60 --seed 0``: INSTANCE_DIR is an exchange folder. Each
better schedule is added to OUT.jsonl as one line (``bench.peers.snapshots``). Nobody's own
arithmetic counts: ``bench`` has the verifier judge what was there after 3, 10 and 60 seconds.
"""
