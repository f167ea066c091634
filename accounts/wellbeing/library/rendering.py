"""A piece's Markdown as a page: links to other pieces, pauses, blanks to write on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from accounts.wellbeing.library.content import Piece, pieces

# One line of its own: [停 8 秒], [pause 8 seconds].
_PAUSE = re.compile(r"<p>\[(\D*)(\d+)(\D*)\]</p>")
_BLANK = re.compile(r"_{4,}")
_HELP = re.compile(r"帮助页|求助頁|help page")
_TITLED = re.compile(r"《([^》]+)》|&quot;([^&]+?)&quot;|“([^”]+)”")
_HEADING = re.compile(r"<h2>(.*?)</h2>")
# The block that is read aloud begins under its own heading and ends at the next one.
_SPOKEN = re.compile(
    r"(<h2[^>]*>(?:音频稿|錄音稿|Audio script)</h2>)(.*?)(?=<h2|\Z)", re.S
)


@dataclass(frozen=True, slots=True)
class Section:
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    # Above the first heading: the one thing to do now.
    opening: SafeString
    rest: SafeString
    sections: tuple[Section, ...]


@cache
def page_of(folder: str, slug: str) -> Page:
    """Raises KeyError where there is no such piece."""
    return _page(pieces(folder)[slug], _titles(folder))


def _titles(folder: str) -> dict[str, str]:
    return {
        _plain(piece.title): reverse("library:piece", args=[slug])
        for slug, piece in pieces(folder).items()
    }


def _plain(title: str) -> str:
    return re.sub(r"[\s，,。.：:]", "", title).lower()


def _page(piece: Piece, titles: Mapping[str, str]) -> Page:
    # Ours, but markup typed by mistake stays text.
    html = str(MarkdownIt("commonmark", {"html": False}).render(piece.body))
    html = _TITLED.sub(lambda found: _linked(found, titles), html)
    html = _HELP.sub(lambda found: f'<a href="{reverse("help")}">{found[0]}</a>', html)
    html = _PAUSE.sub(
        r'<p class="pause" data-seconds="\2">\1\2\3</p>',
        html,
    )
    html = _blanks(html, piece)
    sections: list[Section] = []
    html = _HEADING.sub(lambda found: _anchored(found, sections), html)
    html = _SPOKEN.sub(r'\1<div class="spoken" data-spoken>\2</div>', html)
    opening, heading, rest = html.partition("<h2")
    return Page(_safe(opening), _safe(heading + rest), tuple(sections))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 -- our own files, markup in them escaped


def _linked(found: re.Match[str], titles: Mapping[str, str]) -> str:
    title = found[1] or found[2] or found[3]
    address = titles.get(_plain(title))
    return f'<a href="{address}">{found[0]}</a>' if address else found[0]


def _anchored(found: re.Match[str], sections: list[Section]) -> str:
    anchor = f"part-{len(sections) + 1}"
    sections.append(Section(anchor, re.sub(r"<[^>]+>", "", found[1])))
    return f'<h2 id="{anchor}">{found[1]}</h2>'


# Their blanks show how it looks on paper: to type there is a sheet of its own.
WITH_SHEET = frozenset({"r14", "r17"})


def _blanks(html: str, piece: Piece) -> str:
    """A line to write on, by pen or, where scripts run, on the device."""
    if piece.id in WITH_SHEET:
        return _BLANK.sub('<span class="paper-line">&nbsp;</span>', html)
    numbers = iter(range(1, 1000))

    def blank(_found: re.Match[str]) -> str:
        number = next(numbers)
        label = escape(_("Blank %(number)s") % {"number": number})
        return (
            f'<span class="blank"><input class="control" type="text" maxlength="200"'
            f' data-sheet="{piece.id}-{number}" autocomplete="off" spellcheck="false"'
            f' aria-label="{label}"></span>'
        )

    return _BLANK.sub(blank, html)
