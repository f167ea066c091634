"""What higher parts add to the page of a case: filled from `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.care.cases.models import Case
from accounts.counselors.models import CounselorProfile

# Returns what the template needs; None where there is nothing to show to this counselor.
Reader = Callable[[Case, CounselorProfile], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: `template` is included with what `read` returns."""

    code: str
    place: int
    template: str
    read: Reader
    # A style sheet of its own, by its path among the static files.
    css: str = ""


_panels: dict[str, Panel] = {}


def add_panel(panel: Panel) -> None:
    _panels[panel.code] = panel


def sheets() -> list[str]:
    """Style sheets that the page of a case needs for its panels."""
    return sorted({panel.css for panel in _panels.values() if panel.css})


def panels_for(
    case: Case, counselor: CounselorProfile
) -> list[tuple[Panel, dict[str, Any]]]:
    found = sorted(_panels.values(), key=lambda panel: panel.place)
    read = [(panel, panel.read(case, counselor)) for panel in found]
    return [(panel, context) for panel, context in read if context is not None]


# ---- Words that the person does not read about themselves


@dataclass(frozen=True, slots=True)
class Unfit:
    """A passage that has to be said differently, and what to write instead."""

    words: str
    instead: str | Promise
    # Names and numbers of others: an outside service may be given with its number.
    is_of_others: bool = False


WordCheck = Callable[[str], list[Unfit]]
_word_checks: list[WordCheck] = []


def add_word_check(check: WordCheck) -> None:
    _word_checks.append(check)


def unfit_words(text: str) -> list[Unfit]:
    return [found for check in _word_checks for found in check(text)]
