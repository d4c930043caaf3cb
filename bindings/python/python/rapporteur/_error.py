"""Errors."""

from __future__ import annotations


class Error(Exception):
    """Why something could not be done.

    ``message`` says what went wrong, with the file and the place; ``hint`` says what to do about it.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\nhint: {self.hint}"
