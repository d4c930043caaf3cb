"""Who said what to whom, in the exact words: a record of news coverage of a negotiation or a crisis.

    import rapporteur

    case = rapporteur.Case.of_pile("coverage/")
    case.positions(party="Karsk")["items"]
    case.frame("utterance")
    case.verify("Tellin said the door was “open”.")

Runs on this machine alone; ``rapporteur.install_model()`` fetches the language model once.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Unpack, cast

from rapporteur import _native
from rapporteur._case import TABLES, Answer, Case, Skipped
from rapporteur._error import Error
from rapporteur._pile import Options, Pile, native_pile, native_settings

__version__: str = _native.VERSION
__all__ = ["TABLES", "Answer", "Case", "Error", "Options", "Pile", "Skipped", "install_model", "model_folder", "read"]


def read(pile: Pile, **options: Unpack[Options]) -> dict[str, Any]:
    """Everything that is found in a pile, as docs/JSON.md describes it. The arguments are those of :meth:`Case.of_pile`."""
    settings = native_settings(options)
    return cast("dict[str, Any]", json.loads(_native.read(native_pile(pile), settings)))


def install_model(say: Callable[[str], object] = print) -> Path:
    """Fetches the language model once, over the network, checks it, and gives its folder; ``say`` is told each step."""
    return _native.install_model(say)


def model_folder() -> Path:
    """Where the language model is, or would be."""
    return _native.model_folder()
