"""The notebook runs from its first cell to its last, and shows something."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "talks.ipynb"


def test_the_notebook_runs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") for cell in notebook.cells), "it is kept without what it printed"
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": NOTEBOOK.parent}}).execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs for cell in code[1:])
    shown = [output["data"]["text/plain"] for cell in code for output in cell.outputs if "data" in output]
    assert len(shown) == 4 and not any("Empty" in table or "NaN" in table for table in shown)
    told = "".join(output.get("text", "") for output in code[-1].outputs)
    assert told.startswith("holds") and "does not hold" in told
