"""`citydip recommend`: what an office rules out, and keeps."""

from __future__ import annotations

import json
from pathlib import Path

from ...conftest import copied
from ..conftest import Run

RULED_OUT = "left out for Mashhad"


def test_what_is_ruled_out_is_kept_with_the_store_until_it_is_wanted_again(
    citydip: Run, shipped: Path, tmp_path: Path
) -> None:
    store = copied(shipped, tmp_path / "store")

    def ruled_out(*more: str) -> list[str]:
        told = citydip("recommend", "Mashhad", "--top", "2", *more, "--store", store)
        assert told.code == 0, told.err
        return [line for line in told.out.splitlines() if RULED_OUT in line]

    assert not ruled_out()
    (now,) = ruled_out("--not", "UCCN")
    assert "Creative" in now
    assert not ruled_out()
    (kept,) = ruled_out("--not", "UCCN", "--keep")
    assert ruled_out() == [kept] == [now]
    assert ruled_out("--at", "2020") == [f"- With ties as of 2020: {kept.removeprefix('- ')}"]
    (both,) = ruled_out("--not", "UCLG")
    assert "Creative" in both
    assert "United Cities" in both
    assert citydip("build", "--no-world", "--store", store).code == 0
    assert ruled_out() == [kept]
    assert not ruled_out("--again", "UCCN")


def test_what_is_kept_and_no_more_known_is_told_and_can_be_taken_out(
    citydip: Run, shipped: Path, tmp_path: Path
) -> None:
    store = copied(shipped, tmp_path / "store")
    kept = store / "exclusions.json"
    kept.write_text('{"city/mashhad": ["organization/nobody", "organization/citynet"]}', encoding="utf-8")
    told = citydip("recommend", "Mashhad", "--top", "2", "--store", store)
    assert "1 network or body is left out for Mashhad: CITYNET." in told.out
    assert "organization/nobody" not in told.out
    assert "Kept as ruled out, and of nothing in these data: organization/nobody." in told.err
    told = citydip("recommend", "Mashhad", "--top", "2", "--again", "organization/nobody", "--store", store)
    assert (told.code, "nobody" in told.err) == (0, False)
    assert json.loads(kept.read_text(encoding="utf-8")) == {"city/mashhad": ["organization/citynet"]}


def test_what_is_not_kept_cannot_be_taken_back_and_nothing_is_nothing_to_keep(citydip: Run) -> None:
    for more in (("--again", "UCCN"), ("--keep",)):
        told = citydip("recommend", "Mashhad", *more)
        assert (told.code, told.out) == (2, "")
