"""What the module that is written in Rust is given, and what it gives."""

from __future__ import annotations

from typing import TypeAlias, TypedDict


class NativePile(TypedDict):
    """What is read."""

    paths: list[str]
    texts: list[tuple[str, bytes]]


class NativeSettings(TypedDict):
    """How it is read."""

    model: str | None
    knowledge: str | None
    date: str | None
    threads: int | None
    attitudes: bool


class Wanted(TypedDict):
    """Which items are asked for."""

    layer: str
    kind: str | None
    who: str | None
    issue: str | None
    since: str | None
    until: str | None
    limit: int
    offset: int


#: Where something was skipped, why, and what to do about it.
NativeSkipped: TypeAlias = tuple[str, str, str | None]
#: A value of SQL.
Scalar: TypeAlias = int | float | str | bytes | None
