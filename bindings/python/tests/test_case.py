"""A case as dictionaries."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import rapporteur


def test_every_layer_answers_with_the_words_of_its_articles(case: rapporteur.Case, coverage: Path) -> None:
    texts = {article["id"]: article["text"] for article in rapporteur.read(coverage)["articles"]}
    n_places = 0
    for asked in (case.actors, case.utterances, case.happenings, case.issues, case.positions, case.timeline, case.tensions):
        answer = asked(limit=100)
        assert 0 < len(answer["items"]) <= answer["n_total"]
        for item in answer["items"]:
            for place in item["places"]:
                span = place["span"]
                assert texts[place["article"]["id"]][span["start"] : span["end"]] == span["exact"]
                n_places += 1
    assert n_places > 100


def test_questions_narrow(case: rapporteur.Case) -> None:
    assert {item["party"]["name"] for item in case.positions(party="Karsk")["items"]} == {"Karsk"}
    assert case.utterances(kind="demand")["n_total"] < case.utterances()["n_total"]
    assert len(case.actors(limit=2, offset=1)["items"]) == 2
    assert case.timeline(since="2024-03", until="2024-03-14")["n_total"] < case.timeline()["n_total"]
    assert case.search("class:demand")["utterances"]["items"]
    first = case.utterances(limit=1)["items"][0]["id"]
    shown = case.show(first)
    assert shown is not None and shown["item"]["id"] == first
    assert case.show("nothing has this id") is None
    assert case.brief() and case.sources()["articles"] and case.changes(0)


def test_a_case_in_a_file_grows(tmp_path: Path, coverage: Path) -> None:
    path = tmp_path / "talks.case"
    files = sorted(coverage.iterdir())
    case = rapporteur.Case.read(path, files[:2])
    assert case.sql("SELECT count(*) AS n FROM article").to_pylist() == [{"n": 2}]
    empty = tmp_path / "empty.txt"
    empty.touch()
    skipped = case.add([*files, empty])
    assert [Path(one.location).name for one in skipped] == ["empty.txt"] and skipped[0].reason
    again = rapporteur.Case(path)
    assert again.path == path
    assert again.sql("SELECT count(*) AS n FROM article").to_pylist() == [{"n": len(files)}]


def test_the_same_pile_gives_the_same_answers(case: rapporteur.Case, coverage: Path) -> None:
    again = rapporteur.Case.of_pile(reversed(sorted(coverage.iterdir())), threads=1)
    assert json.dumps(again.positions()) == json.dumps(case.positions())


def test_a_temporary_case_is_gone_with_its_value(coverage: Path) -> None:
    case = rapporteur.Case.of_pile(coverage)
    path = case.path
    assert path.is_file()
    del case
    assert not path.exists()


def test_texts_that_are_held_are_read(coverage: Path) -> None:
    text = "HALSK, 3 May 2024 – Karsk’s foreign minister Ilse Brandt said on Friday that “the talks are over”.\n"
    found = rapporteur.read({"held.txt": text}, date="2024-05-03")
    assert [article["location"] for article in found["articles"]] == ["held.txt"]
    assert found["articles"][0]["published"]["given"] is True
    assert found["records"][0]["statements"]


def test_what_is_wrong_is_told_with_a_hint(case: rapporteur.Case, tmp_path: Path) -> None:
    with pytest.raises(rapporteur.Error, match="no such case") as caught:
        rapporteur.Case(tmp_path / "none.case")
    assert caught.value.hint and "hint: " in str(caught.value)
    wrongs: list[tuple[str, Callable[[], object]]] = [
        ("no date", lambda: case.timeline(since="yesterday")),
        ("no class", lambda: case.search("class:nonsense")),
        ("no table", lambda: case.table("nonsense")),
        ("no such export", lambda: case.export("nonsense")),
        ("a table is", lambda: case.export("plover", table="actor")),
        ("a table is", lambda: case.export("csv", table="actor", graph="lineage")),
        ("not authorized", lambda: case.sql("DROP VIEW article")),
        ("no such table", lambda: case.sql("SELECT * FROM nowhere")),
        ("is no date", lambda: rapporteur.read(tmp_path, date="2024-02-30")),
        ("none of the inputs", lambda: rapporteur.Case.of_pile(tmp_path / "none")),
    ]
    for message, wrong in wrongs:
        with pytest.raises(rapporteur.Error, match=message) as caught:
            wrong()
            pytest.fail(message)
    with pytest.raises(TypeError, match="unknown options: modell"):
        rapporteur.read(tmp_path, modell="x")  # type: ignore[call-arg]


def test_threads_may_ask_one_case(case: rapporteur.Case) -> None:
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(json.dumps(case.positions()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8 and len(set(answers)) == 1


def test_quotations_are_checked(case: rapporteur.Case) -> None:
    right, wrong = case.verify(
        "Mara Tellin said: “The door is open, and it will stay open on Thursday”.\n"
        "Mara Tellin said: “The door is shut, and it will stay shut on Thursday”.\n"
    )
    assert (right["verdict"], right["holds"]) == ("verbatim", True)
    assert (wrong["verdict"], wrong["holds"]) == ("altered", False)
    assert wrong["differences"]
