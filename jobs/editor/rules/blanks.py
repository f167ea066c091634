"""Places in a template that the employer has to fill: 【填：每天几通】."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Headings such as 【岗位职责】 are no blanks: a blank says that it wants filling.
_BLANK = re.compile(r"【\s*(?:填|fill in)\s*[：:]?\s*([^】]{1,40})】", re.I)


def blanks_in(text: str) -> list[str]:
    """What is still to be filled in, in the words of the template."""
    return [match[1].strip() for match in _BLANK.finditer(text)]


def fill(text: str, words: str) -> str:
    """Every blank replaced by the same words."""
    return _BLANK.sub(lambda _match: words, text)


def fields_with_blanks(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """By field, only those that have any."""
    found = {name: blanks_in(text) for name, text in texts.items()}
    return {name: blanks for name, blanks in found.items() if blanks}
