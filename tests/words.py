"""What a page says, looked up by its English text: translators may change the words."""

from __future__ import annotations

from html import escape, unescape
from typing import Any

from django.utils.translation import gettext


def says(page: Any, english: str) -> bool:
    """Whether a response, or its text, shows this message in the tests' language."""
    text = page if isinstance(page, str) else page.content.decode()
    return escape(unescape(gettext(english))) in escape(unescape(text))
