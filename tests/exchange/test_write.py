"""A folder is written whole and readable, or not at all."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from office.exchange import ExchangeError, read_folder, write_folder
from scheduler.facts import Network
from tests.exchange.folder import FILES, make_folder


@pytest.fixture
def network(tmp_path: Path) -> Network:
    return read_folder(make_folder(tmp_path / "original"))


@pytest.fixture
def room_for() -> Iterator[Callable[[int], None]]:
    """Sets how many bytes a file may have, until the test ends."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_file_is_written_also_without_rows(tmp_path: Path) -> None:
    paths = write_folder(Network(), tmp_path / "deep" / "folder")
    assert [path.name for path in paths] == list(FILES)
    assert names_in(tmp_path / "deep" / "folder") == set(FILES)
    assert paths[0].read_bytes() == b"location_id,name,address,timezone,phone\r\n"


def test_older_files_are_replaced_and_others_left_alone(tmp_path: Path, network: Network) -> None:
    folder = make_folder(tmp_path / "there", {"rooms.csv": "old", "notes.txt": "mine"})
    write_folder(network, folder)
    assert read_folder(folder) == network
    assert (folder / "notes.txt").read_text() == "mine"


def test_lists_may_come_in_any_order(tmp_path: Path, network: Network) -> None:
    cleo = replace(network.clients[0], other_location_ids=("south", "north"))
    write_folder(replace(network, clients=(network.clients[1], cleo)), tmp_path)
    assert b",north;south,ann\r\ndora" in (tmp_path / "clients.csv").read_bytes()


def test_a_value_that_would_not_come_back_is_refused_and_nothing_is_written(
    tmp_path: Path, network: Network
) -> None:
    room, hours = network.rooms[0], network.opening_hours[0]
    folder = tmp_path / "new"
    for wrong, message in (
        (replace(network, rooms=(replace(room, name="a\0b"),)), r"rooms\.csv can't hold 'a\\x00b'"),
        (replace(network, rooms=(replace(room, name="\ud800"),)), "as the name of Room"),
        (replace(network, rooms=(replace(room, room_id="a;b"),)), "as the room_id of Room"),
        (replace(network, opening_hours=(replace(hours, opens=time(8, 0, 30)),)), "'08:00:30'"),
        (replace(network, opening_hours=(replace(hours, weekday=7),)), "'7' as the weekday"),
    ):
        with pytest.raises(ExchangeError, match=message):
            write_folder(wrong, folder)
    assert not folder.exists()


@pytest.mark.parametrize("name", ["other.csv", "Rooms.CSV"])
def test_a_folder_that_could_not_be_read_again_is_refused(
    tmp_path: Path, network: Network, name: str
) -> None:
    folder = make_folder(tmp_path / "there", {name: ""})
    with pytest.raises(ExchangeError, match=f"holds '{name}'.* Maybe export to an empty folder"):
        write_folder(network, folder)
    assert names_in(folder) == {name}


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path, network: Network) -> None:
    (tmp_path / "there" / "travel.csv").mkdir(parents=True)
    with pytest.raises(ExchangeError, match=r"holds 'travel\.csv'"):
        write_folder(network, tmp_path / "there")
    assert names_in(tmp_path / "there") == {"travel.csv"}


def test_a_full_disk_leaves_the_older_files_as_they_were(
    tmp_path: Path, network: Network, room_for: Callable[[int], None]
) -> None:
    folder = make_folder(tmp_path / "there", {"rooms.csv": "old"})
    room_for(200)  # some files fit, care_plans.csv does not
    with pytest.raises(ExchangeError, match=r"File too large\. Maybe another folder"):
        write_folder(network, folder)
    assert names_in(folder) == {"rooms.csv"}
    assert (folder / "rooms.csv").read_text() == "old"


@pytest.mark.parametrize("place", ["file", "file/below", "loop", "/proc/nowhere", "a\0b"])
def test_where_nothing_can_be_written_it_is_said(
    tmp_path: Path, network: Network, place: str
) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ExchangeError, match=r"can't be written: .*\. Maybe another folder"):
        write_folder(network, tmp_path / place)
    assert (tmp_path / "file").read_text() == "mine"
