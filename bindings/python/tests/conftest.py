"""What the tests share: the example coverage, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

import rapporteur

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def coverage() -> Path:
    return ROOT / "examples" / "coverage"


@pytest.fixture(scope="session")
def case(coverage: Path) -> rapporteur.Case:
    return rapporteur.Case.of_pile(coverage)
