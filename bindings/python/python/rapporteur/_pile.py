"""What is read, and how."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date as Date
from typing import TypeAlias, TypedDict

from rapporteur._shapes import NativePile, NativeSettings

StrPath: TypeAlias = "str | os.PathLike[str]"
#: A file, a folder or a pattern; several of them; or texts by name.
Pile: TypeAlias = "StrPath | Iterable[StrPath] | Mapping[str, str | bytes]"


def native_pile(pile: Pile) -> NativePile:
    if isinstance(pile, Mapping):
        texts = [(name, text.encode() if isinstance(text, str) else bytes(text)) for name, text in pile.items()]
        return {"paths": [], "texts": texts}
    paths = [pile] if isinstance(pile, (str, os.PathLike)) else pile
    return {"paths": [os.fspath(path) for path in paths], "texts": []}


class Options(TypedDict, total=False):
    """How a pile is read. All of them may be left out."""

    model: StrPath | None
    """The folder of the language model, instead of RAPPORTEUR_MODEL or the installed one."""
    knowledge: StrPath | None
    """A folder with words of your own, which add to the built-in ones."""
    date: Date | str | None
    """The day on which the articles were published, whatever they state."""
    threads: int | None
    """Articles to read at the same time; by default one a core. The result does not depend on it."""
    attitudes: bool
    """Also what somebody is said to know, show or support."""


def native_settings(options: Options) -> NativeSettings:
    unknown = options.keys() - Options.__annotations__.keys()
    if unknown:
        raise TypeError(f"unknown options: {', '.join(sorted(unknown))}")
    # An empty variable counts as unset, as it does for the command.
    model = options.get("model") or os.environ.get("RAPPORTEUR_MODEL") or None
    knowledge, date = options.get("knowledge"), options.get("date")
    return {
        "model": None if model is None else os.fspath(model),
        "knowledge": None if knowledge is None else os.fspath(knowledge),
        "date": date.isoformat() if isinstance(date, Date) else date,
        "threads": options.get("threads"),
        "attitudes": options.get("attitudes", False),
    }
