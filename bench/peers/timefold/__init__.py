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
- Acceptors were tried on the demo, some 1.2 million moves each. The default, late acceptance over
  400 steps, came from the 154 thousand points of first fit to 148; over 100 steps to 130; tabu
  search to 138, with 300 moves a step to 131; hill climbing to 123; simulated annealing to 110. So
  it is annealing. With two million moves from 30, 50 and 120 points it came to 112, 114 and 127;
  with twice as many swaps as changes to 108, with a third as many to 122. Ruin and recreate beside
  them, with some 400 values for each session that it puts back, slowed it down (123).
- How annealing goes depends on when it ends. So it is run once for each of 3, 10 and all seconds,
  as ours is.

One thread: several, and nearby selection, are part of the commercial edition.
"""
