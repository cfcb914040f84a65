"""The page says what the results say, and what is measured already is not measured again."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.judging import Judged
from bench.page import write_page
from bench.page.tables import WrongBoundError, standings
from bench.peers.everybody import INSTANCES, PEERS
from bench.results import Point, Result, every, save
from bench.running import left_of, minutes_for, runs_of

OURS, FRONT_DESK = PEERS[0], PEERS[1]


def judged(at: float, points: int, bound: float | None, findings: int = 0) -> Judged:
    return Judged(at, at - 0.5, points, 7, 9, 10_000, findings, bound)


def result(peer: str, seed: int, *marks: Judged, **said: object) -> Result:
    usual = Result(
        peer=peer,
        instance="portland",
        seed=seed,
        seconds=60,
        commit="abc1234",
        machine="2 × a processor",
        version="1.0",
        day="2027-03-01",
        load=0.1,
        first=1.5,
        judged=marks,
        curve=(Point(1.5, 900.0, None), Point(9.5, 800.0, 700.0)),
    )
    return replace(usual, **said)  # type: ignore[arg-type]  # the fields of a result by name


def test_of_several_seeds_the_median_counts() -> None:
    results = [
        result("ours", n, judged(3, points, 700)) for n, points in enumerate((990, 750, 800))
    ]
    lines = standings(results)
    # (800 - 700) / 10,000 is one per cent.
    assert "| Careweave | 3 s | 800 | 7 | 700 | 1.00% | 1.00% | none |" in lines
    assert "|  | 10 s | nothing yet | | | | | |" in lines


def test_who_proves_nothing_is_held_against_the_best_bound() -> None:
    results = [
        result("ours", 0, judged(3, 800, 700)),
        result("front_desk", 0, judged(3, 900, None, 2)),
    ]
    assert "| a good front desk | 3 s | 900 | 7 | – | – | 2.00% | 2 |" in standings(results)


def test_a_bound_above_a_faultless_schedule_stops_the_page() -> None:
    wrong = [result("ours", 0, judged(3, 800, 700)), result("cpsat", 0, judged(3, 950, 801))]
    with pytest.raises(WrongBoundError, match="cpsat says that no schedule has fewer than 801"):
        standings(wrong)
    faulty = replace(wrong[0], judged=(judged(3, 800, 700, findings=1),))
    assert standings([faulty, wrong[1]])


def test_a_peer_that_failed_says_why() -> None:
    lines = standings([result("highs", 0, failed="There is no HiGHS.")])
    assert "| HiGHS, the same matrix | 3 s | There is no HiGHS. | | | | | |" in lines
    assert "| Timefold | | was not run | | | | | |" in lines


def test_the_page_is_made_from_what_was_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = result("ours", 3, judged(3, 800, 700), load=7.5)
    save(one, tmp_path / "results")
    assert list(every(tmp_path / "results")) == [one]
    (tmp_path / "docs").mkdir()
    page = write_page(tmp_path / "results", tmp_path / "docs").read_text(encoding="utf-8")
    assert "| Careweave | 3 s | 800 |" in page
    assert "9 sessions in scope, 10,000 points at stake." in page
    assert "2 × a processor; 2027-03-01; commit abc1234." in page
    assert "Other jobs kept the machine busy" in page
    assert all(f"### {peer.title}" in page for peer in PEERS)
    assert "is written" in capsys.readouterr().out


def test_what_is_measured_of_this_commit_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.running.commit", lambda: "abc1234")
    runs = runs_of(INSTANCES[:1], (OURS, FRONT_DESK), 2)
    assert [(peer.name, seed) for _, peer, seed in runs] == [
        ("ours", 0),
        ("ours", 1),
        ("front_desk", 0),
    ]
    save(result("ours", 0, judged(3, 800, 700)), tmp_path)
    save(result("ours", 1, commit="0000000"), tmp_path)
    save(result("front_desk", 0, failed="did not end"), tmp_path)
    left = list(left_of(runs, 60, tmp_path))
    assert [(peer.name, seed) for _, peer, seed in left] == [("ours", 1), ("front_desk", 0)]
    assert len(list(left_of(runs, 61, tmp_path))) == 3
    monkeypatch.setattr("bench.running.commit", lambda: "abc1234 with changes")
    assert len(list(left_of(runs, 60, tmp_path))) == 3


def test_only_ours_is_run_on_the_finer_grid() -> None:
    names = {peer.name for _, peer, _ in runs_of(INSTANCES[2:], PEERS, 5)}
    assert names == {"ours"}
    assert minutes_for(runs_of(INSTANCES[2:], PEERS, 5), 60) == pytest.approx(5 * 88 / 60)
