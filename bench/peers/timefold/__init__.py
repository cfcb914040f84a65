"""Timefold as a peer: sessions and their candidates, in Java, searched with one thread.

``make .bench/timefold/ready`` sets it up: the jars come from the wheel ``timefold`` 1.24.0b0, the
compiler from Debian's ``openjdk-17-jdk-headless``.

How it is modelled
------------------

As Timefold's documentation does appointments. The planning entity is the session, the planning
variable its slot, out of the session's own range; unassigned is allowed. Candidates are those of
the engine's table, so rules that look at one slot alone are kept by every value. A companion is
part of the value, so that it moves with its session. All other rules are constraint streams with
the contract's names (``java/Rules.java``): a broken one is a hard point, the contract's points are
soft ones. What stands is pinned. Rooms are counted, and handed out afterwards. The points that it
counts are the verifier's: ``make bench-timefold-test``.

How it was given a fair chance
------------------------------

- Java, as the makers advise: their Python package says that it is much slower itself.
- It begins with the promises, as ours does, and adds what is missing by first fit, most difficult
  first: promises that have to be kept, urgent sessions, those with few candidates.
- Sessions share their slots, so that two can swap, and an unbooked one can take another's place.
  Whether a slot is in a range is one bit; a list would be looked through.
- Rules of a therapist's day, a week, a room's day and a plan are grouped once for all of them, by
  collectors that add and take away: no pairs of sessions are joined, but for the few clients with
  several plans. Fields are read without reflection (Gizmo), and nothing is asserted.
- Acceptors were tried on the demo, two million moves each. The default, late acceptance over 400
  steps, is the slowest to get anywhere; hill climbing, tabu search and annealing follow, in this
  order. So it is simulated annealing, from the temperature that was best, with more swaps than
  changes. Ruin and recreate, with some 400 values for each session that it puts back, slowed it
  down.
- How annealing goes depends on when it ends. So it is run once for each of 3, 10 and all seconds,
  as ours is.

One thread: several, and nearby selection, are part of the commercial edition.
"""
