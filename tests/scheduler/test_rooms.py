"""Handing out rooms: nobody shares one, wishes come first, and a way is found if there is one."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.kernels.housing import Housing, are_housed, refer_to_housing
from scheduler.rooms import NoRoomError, Stay, hand_out

ROOMS = ("one", "two", "three")

STAYS = st.lists(
    st.builds(
        lambda start, length, wish: (start, start + length, wish),
        st.integers(0, 12),
        st.integers(1, 6),
        st.sampled_from([None, *ROOMS, "elsewhere"]),
    ),
    max_size=6,
).map(lambda rows: [Stay(str(number), *row) for number, row in enumerate(rows)])

TAKEN = st.lists(
    st.builds(
        lambda room, start, length: (room, start, start + length),
        st.sampled_from(ROOMS),
        st.integers(0, 12),
        st.integers(1, 6),
    ),
    max_size=4,
)


def meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def is_sound(stays: list[Stay], rooms: dict[str, str], taken: list[tuple[str, int, int]]) -> bool:
    """Whether no room is taken twice at once."""
    return not any(
        rooms[a.name] == rooms[b.name] and meet((a.start, a.until), (b.start, b.until))
        for a, b in combinations(stays, 2)
    ) and not any(
        rooms[stay.name] == room and meet((stay.start, stay.until), (start, until))
        for stay in stays
        for room, start, until in taken
    )


def find_room(stays: list[Stay], rooms: int, taken: list[tuple[int, int, int]]) -> bool:
    """Whether the search thinks that all stays find one of so many rooms."""
    stands, times = np.array(taken).reshape(-1, 3), np.array([(s.start, s.until) for s in stays])
    housing = Housing(
        lot=np.zeros(len(stays), dtype=np.int32),
        start=times.reshape(-1, 2)[:, 0].astype(np.int32),
        until=times.reshape(-1, 2)[:, 1].astype(np.int32),
        rooms=np.array([rooms]),
        size=np.array([len(stays)]),
        inside=np.arange(len(stays)).reshape(1, -1),
        stand_edge=np.array([0, len(taken)]),
        stand_room=stands[:, 0].astype(np.int64),
        stand_start=stands[:, 1].astype(np.int64),
        stand_until=stands[:, 2].astype(np.int64),
    )
    return are_housed(refer_to_housing(housing), 0)


@given(STAYS, TAKEN)
def test_no_room_is_taken_twice_and_a_way_is_found_if_there_is_one(
    stays: list[Stay], taken: list[tuple[str, int, int]]
) -> None:
    try:
        rooms = dict(hand_out(stays, ROOMS, taken))
    except ValueError:
        every = product(ROOMS, repeat=len(stays))
        names = [stay.name for stay in stays]
        assert not any(is_sound(stays, dict(zip(names, way, strict=True)), taken) for way in every)
    else:
        assert rooms.keys() == {stay.name for stay in stays}
        assert is_sound(stays, rooms, taken)


@given(STAYS, TAKEN)
def test_a_search_finds_a_way_where_there_is_one(
    stays: list[Stay], taken: list[tuple[str, int, int]]
) -> None:
    try:
        hand_out(stays, ROOMS, taken)
        housed = True
    except NoRoomError:
        housed = False
    stands = [(ROOMS.index(room), start, until) for room, start, until in taken]
    assert find_room(stays, len(ROOMS), stands) == housed


def test_a_full_day_that_can_not_end_well_is_refused_at_once() -> None:
    # Each of ten hours has six ways to hand out its rooms, and none helps the last two.
    stays = [
        Stay(f"{hour} {n}", 60 * hour, 60 * hour + 60, None) for hour in range(10) for n in "abc"
    ]
    late = [Stay(f"late {n}", 600, 720, None) for n in "ab"]
    taken = [(0, 600, 660), (1, 660, 720)]
    assert not find_room([*stays, *late], 3, taken)
    assert find_room([*stays, late[0]], 3, taken)
    rooms = [(ROOMS[room], start, until) for room, start, until in taken]
    with pytest.raises(NoRoomError):
        hand_out([*stays, *late], ROOMS, rooms)


@given(STAYS)
def test_as_many_rooms_as_stays_at_once_are_enough(stays: list[Stay]) -> None:
    most = max((sum(s.start <= m < s.until for s in stays) for m in range(18)), default=0)
    rooms = [f"room {number}" for number in range(most)]
    assert is_sound(stays, dict(hand_out(stays, rooms, [])), [])


def test_a_wish_is_granted_where_the_room_is_free() -> None:
    stays = [Stay("a", 0, 60, "two"), Stay("b", 60, 120, "two"), Stay("c", 60, 120, "three")]
    assert hand_out(stays, ROOMS, []) == {"a": "two", "b": "two", "c": "three"}


def test_a_wish_for_a_taken_room_gets_another() -> None:
    assert hand_out([Stay("a", 30, 90, "one")], ROOMS, [("one", 0, 31)])["a"] != "one"
    assert hand_out([Stay("a", 31, 90, "one")], ROOMS, [("one", 0, 31)])["a"] == "one"


def test_the_order_of_stays_does_not_matter() -> None:
    stays = [Stay(str(n), 10 * n, 10 * n + 25, None) for n in range(8)]
    assert hand_out(stays, ROOMS, []) == hand_out(reversed(stays), ROOMS, [])


def test_a_wish_gives_way_where_all_have_to_fit() -> None:
    # "a" would like room one, which alone is free for "b" later.
    stays = [Stay("a", 0, 60, "one"), Stay("b", 30, 120, None)]
    taken = [("two", 70, 100), ("three", 0, 120)]
    assert hand_out(stays, ROOMS, taken) == {"a": "two", "b": "one"}


def test_too_few_rooms_are_a_fault() -> None:
    with pytest.raises(ValueError, match="no rooms for 2 stays among one"):
        hand_out([Stay("a", 0, 60, None), Stay("b", 59, 90, None)], ["one"], [])


def test_a_day_with_more_stays_than_python_has_frames() -> None:
    stays = [Stay(str(number), number, number + 3, None) for number in range(2000)]
    assert len(set(hand_out(stays, ROOMS, []).values())) == 3
