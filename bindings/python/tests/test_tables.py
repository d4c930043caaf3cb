"""A case as Arrow and pandas."""

from __future__ import annotations

import io

import pyarrow
import pyarrow.csv
import pytest

import rapporteur


@pytest.mark.parametrize("name", rapporteur.TABLES)
def test_every_table_has_the_rows_of_its_view(case: rapporteur.Case, name: str) -> None:
    table, frame = case.table(name), case.frame(name)
    assert isinstance(table, pyarrow.Table)
    columns, rows = case.rows(f"SELECT * FROM {name}")
    assert table.column_names == columns == list(frame.columns)
    assert table.num_rows == len(rows) == len(frame)


def test_words_stand_in_their_article(case: rapporteur.Case) -> None:
    texts = {row["id"]: row["text"] for row in case.table("article").to_pylist()}
    places = case.table("place").to_pylist()
    assert len(places) > 100
    for place in places:
        assert texts[place["article"]][place["start"] : place["end"]] == place["words"]


def test_sql_has_columns_of_one_type(case: rapporteur.Case) -> None:
    table = case.sql("SELECT 1 AS a, 'x' AS a, NULL AS c, 0.5 AS d, x'00ff' AS e UNION ALL SELECT 2, 'y', NULL, 1.5, x''")
    assert table.column_names == ["a", "a", "c", "d", "e"]
    assert [str(field.type) for field in table.schema] == ["int64", "string", "null", "double", "binary"]
    assert table.column(4).to_pylist() == [b"\x00\xff", b""]
    with pytest.raises(rapporteur.Error, match="several types"):
        case.sql("SELECT 1 AS a UNION ALL SELECT 'x'")
    with pytest.raises(rapporteur.Error, match="longer than"):
        case.rows("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n", seconds=0.1)
    with pytest.raises(rapporteur.Error, match="more than 2 rows"):
        case.rows("SELECT item FROM place LIMIT 3", rows=2)


def test_exports_are_the_commands_own(case: rapporteur.Case) -> None:
    csv = pyarrow.csv.read_csv(io.BytesIO(case.export("csv", table="issue")))
    assert csv.num_rows == case.table("issue").num_rows
    for export in ("plover", "cameo", "gdelt", "annotations", "timelinejs", "ical"):
        assert case.export(export)
    assert case.export("graphml") != case.export("graphml", graph="lineage")
    assert case.export("parquet", table="actor") == case.export("parquet", table="actor")
