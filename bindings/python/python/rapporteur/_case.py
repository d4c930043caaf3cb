"""A case: all that is known of a pile of articles."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack, cast

from rapporteur import _native
from rapporteur._error import Error
from rapporteur._pile import Options, Pile, StrPath, native_pile, native_settings
from rapporteur._shapes import NativeSkipped, Scalar, Wanted

if TYPE_CHECKING:
    import pandas
    import pyarrow

#: An answer as docs/JSON.md describes it.
Answer = dict[str, Any]

TABLES: tuple[str, ...] = tuple(_native.tables())
"""The names of the tables of a case; docs/EXPORT.md describes their columns."""


class Skipped(NamedTuple):
    """An input that was not read."""

    location: str
    reason: str
    hint: str | None


class Case:
    """A case, in a file that can be asked.

    What comes out of articles is exactly what stands in them: escape it where you show it. Questions may be asked on
    several threads; they take turns.
    """

    def __init__(self, path: StrPath) -> None:
        """Opens the case in a file.

        Raises:
            Error: there is no such file, or it is no case of this version of the program.
        """
        self._case = _native.Case.open(os.fspath(path))
        #: The inputs that the last reading left out.
        self.skipped: list[Skipped] = []

    @classmethod
    def _of(cls, read: tuple[_native.Case, list[NativeSkipped]]) -> Case:
        case = cls.__new__(cls)
        case._case, skipped = read
        case.skipped = [Skipped(*one) for one in skipped]
        return case

    @classmethod
    def of_pile(cls, pile: Pile, **options: Unpack[Options]) -> Case:
        """Reads a pile into a case that is gone with the value.

        Args:
            pile: a file, a folder or a pattern, several of them, or texts by name.
            options: how it is read (:class:`rapporteur.Options`).

        Raises:
            Error: none of the inputs can be read, or the language model is missing.
        """
        settings = native_settings(options)
        return cls._of(_native.Case.of_pile(native_pile(pile), settings))

    @classmethod
    def read(cls, path: StrPath, pile: Pile, **options: Unpack[Options]) -> Case:
        """Reads a pile into the case in a file, which is made where there is none. Articles that are in it are not read again.

        The arguments are those of :meth:`of_pile`.
        """
        settings = native_settings(options)
        return cls._of(_native.Case.read(os.fspath(path), native_pile(pile), settings))

    def add(self, pile: Pile, **options: Unpack[Options]) -> list[Skipped]:
        """Reads more articles into the case and gives what was left out. The arguments are those of :meth:`of_pile`."""
        settings = native_settings(options)
        self.skipped = [Skipped(*one) for one in self._case.add(native_pile(pile), settings)]
        return self.skipped

    @property
    def path(self) -> Path:
        """The file of the case."""
        return self._case.path

    def __repr__(self) -> str:
        return f"rapporteur.Case({os.fspath(self.path)!r})"

    def brief(self) -> Answer:
        """The state of play: the first of everything."""
        return _answer(self._case.brief())

    def actors(self, who: str | None = None, *, kind: str | None = None, limit: int = 25, offset: int = 0) -> Answer:
        """Who there is; ``kind`` is person, state, organisation or group."""
        return self._items("actor", who=who, kind=kind, limit=limit, offset=offset)

    def utterances(
        self,
        who: str | None = None,
        *,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 25,
        offset: int = 0,
    ) -> Answer:
        """Acts of speech; ``kind`` is their class: demand, offer, refusal …"""
        return self._items("utterance", who=who, kind=kind, since=since, until=until, limit=limit, offset=offset)

    def happenings(self, *, since: str | None = None, until: str | None = None, limit: int = 25, offset: int = 0) -> Answer:
        """What was done, by whom, to whom."""
        return self._items("happening", since=since, until=until, limit=limit, offset=offset)

    def issues(self, *, limit: int = 25, offset: int = 0) -> Answer:
        """What the talks are about."""
        return self._items("issue", limit=limit, offset=offset)

    def positions(
        self, party: str | None = None, *, issue: str | None = None, limit: int = 25, offset: int = 0
    ) -> Answer:
        """Who holds what on which issue."""
        return self._items("position", who=party, issue=issue, limit=limit, offset=offset)

    def timeline(
        self,
        *,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 25,
        offset: int = 0,
    ) -> Answer:
        """What happened when, and what lies ahead. ``since`` and ``until`` are a year, a month or a day."""
        return self._items("timeline", kind=kind, since=since, until=until, limit=limit, offset=offset)

    def tensions(self, *, kind: str | None = None, limit: int = 25, offset: int = 0) -> Answer:
        """Where accounts cannot all stand."""
        return self._items("tension", kind=kind, limit=limit, offset=offset)

    def search(self, query: str, *, limit: int = 25) -> Answer:
        """Words, ``"phrases"``, ``speaker:``, ``party:``, ``class:``, ``from:``, ``to:``."""
        return _answer(self._case.search(query, limit))

    def show(self, id: str) -> Answer | None:
        """What an id leads to, with all of its words; ``None`` where it leads to nothing."""
        return cast("Answer | None", json.loads(self._case.show(id))["answer"])

    def sources(self, article: str | None = None, *, limit: int = 100) -> Answer:
        """Where the texts come from: who copied whom, and what counts once."""
        return _answer(self._case.sources(article, limit))

    def changes(self, since: int | None = None) -> Answer:
        """What changed since a run; by default by the last one."""
        return _answer(self._case.changes(since))

    def table(self, name: str) -> pyarrow.Table:
        """A table of the case (:data:`TABLES`) as Arrow, with the types that docs/EXPORT.md gives. Needs ``pyarrow``."""
        parquet = _optional("pyarrow.parquet")
        return parquet.read_table(io.BytesIO(self._case.export("parquet", name, None)))

    def frame(self, name: str) -> pandas.DataFrame:
        """A table of the case as a pandas frame. Needs ``pyarrow`` and ``pandas``."""
        _optional("pandas")
        return cast("pandas.DataFrame", self.table(name).to_pandas())

    def sql(self, question: str, *, seconds: float = 10.0, rows: int = 1_000_000) -> pyarrow.Table:
        """Asks in SQL over the views that docs/CASE.md describes, and gives the answer as Arrow. Needs ``pyarrow``.

        A question only reads, and is bounded in time and rows.

        Raises:
            Error: it is no SQL, asks for more than the views, takes too long or gives too much; or a column has values of
                several types.
        """
        arrow = _optional("pyarrow")
        names, lines = self.rows(question, seconds=seconds, rows=rows)
        try:
            columns = [arrow.array([line[at] for line in lines]) for at in range(len(names))]
        except (arrow.ArrowInvalid, arrow.ArrowTypeError) as error:
            hint = "cast the column to one type, or ask with `rows`"
            raise Error(f"a column has values of several types: {error}", hint) from error
        return arrow.Table.from_arrays(columns, names=names)

    def rows(
        self, question: str, *, seconds: float = 10.0, rows: int = 1_000_000
    ) -> tuple[list[str], list[list[Scalar]]]:
        """Asks as :meth:`sql` does, and gives the names of the columns and the rows."""
        return self._case.sql(question, seconds, rows)

    def export(self, format: str, *, table: str | None = None, graph: str | None = None) -> bytes:
        """The case in the format of another program, as docs/EXPORT.md describes it.

        Args:
            format: csv, jsonl or parquet with a ``table``; plover, cameo, gdelt, annotations, graphml (with ``graph``:
                positions or lineage), timelinejs or ical.
        """
        return self._case.export(format, table, graph)

    def verify(self, text: str, *, strict: bool = False, model: StrPath | None = None) -> list[Answer]:
        """Says of each quotation and each claim of a text whether it stands in the case, word for word.

        Each check has ``verdict`` and ``holds``; docs/JSON.md describes them. With ``strict`` a claim that stands in no
        article in these words does not hold either.
        """
        told = json.loads(self._case.verify(text, strict, native_settings({"model": model})))
        return [check for one in told["texts"] for check in one["checks"]]

    def _items(
        self,
        layer: str,
        *,
        kind: str | None = None,
        who: str | None = None,
        issue: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int,
        offset: int,
    ) -> Answer:
        wanted: Wanted = {
            "layer": layer,
            "kind": kind,
            "who": who,
            "issue": issue,
            "since": since,
            "until": until,
            "limit": limit,
            "offset": offset,
        }
        return _answer(self._case.items(wanted))


def _answer(told: str) -> Answer:
    return cast(Answer, json.loads(told)["answer"])


def _optional(name: str) -> Any:
    """A module that the package does not need for everything else."""
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise Error(f"{package} is not installed", f"pip install {package}") from error
