"""The pages as the server gives them: no database, no cookie, nothing that sends."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.wellbeing.library.content import FOLDERS, all_pieces
from accounts.wellbeing.library.reading import numbered_lines
from accounts.wellbeing.library.rendering import page_of
from config.installable import kept_pages

SLUGS = list(all_pieces("zh_hans"))
LANGUAGES = dict(zip(("zh-hans", "zh-hant", "en"), FOLDERS, strict=True))


def url(slug: str) -> str:
    return reverse("library:piece", args=[slug])


@pytest.mark.parametrize("language", LANGUAGES)
def test_asks_no_database_and_leaves_no_trace(client: Client, language: str) -> None:
    """Fails without the db fixture if a view asks for a row."""
    client.cookies["django_language"] = language
    for address in (reverse("library:index"), *map(url, SLUGS)):
        response = client.get(address)
        assert response.status_code == 200
        assert set(response.cookies) <= {"csrftoken"}
        assert len(response.content) < 100_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_piece_says_what_it_rests_on(
    client: Client, language: str, slug: str
) -> None:
    client.cookies["django_language"] = language
    page = unescape(client.get(url(slug)).content.decode())
    piece = all_pieces(LANGUAGES[language])[slug]
    assert page.count("<h1") == 1
    assert piece.written_on.isoformat() in page
    for source in (*piece.sources, *piece.unconfirmed):
        assert source in page
    assert reverse("help") in page
    # Nothing on it is sent: no form but those of the frame.
    main = page[page.index('<main id="main"') : page.index("</main>")]
    assert "<form" not in main
    assert "name=" not in re.sub(r'name="pattern"', "", main)


def test_nothing_unknown_is_found(client: Client) -> None:
    assert client.get("/read/no-such-piece/").status_code == 404


def test_titles_lead_to_their_pieces() -> None:
    """Every mention of another piece's title is a link to it."""
    for folder in FOLDERS:
        titles = {piece.title: slug for slug, piece in all_pieces(folder).items()}
        for slug in SLUGS:
            page = page_of(folder, slug)
            html = page.opening + page.rest
            for title, other in titles.items():
                mentioned = f"《{title}》" in html or f"“{title}”" in html
                if mentioned and other != slug:
                    assert url(other) in html, (folder, slug, title)


def test_pauses_blanks_and_spoken_parts_are_marked() -> None:
    for folder in FOLDERS:
        spoken = page_of(folder, "grounding").rest
        assert spoken.count('class="pause"') >= 15
        assert spoken.count("data-spoken") == 1
        assert "[" not in re.sub(r"<[^>]+>", "", spoken)
        sheet = page_of(folder, "after-ten-rejections").rest
        names = re.findall(r'data-sheet="(r13-\d+)"', sheet)
        assert len(names) == len(set(names)) >= 7
        assert "____" not in sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_of_the_ladder_says_what_to_do(client: Client, language: str) -> None:
    """Where its tries are written down, not only further down the page."""
    client.cookies["django_language"] = language
    page = unescape(client.get(url("back-on-the-phone")).content.decode())
    steps = numbered_lines(all_pieces(LANGUAGES[language])["back-on-the-phone"])
    assert len(steps) == page.count("data-rung=") == 8
    assert [step for step in steps if page.count(step) < 2] == []


def test_three_pieces_work_without_a_connection() -> None:
    kept = [address for address in kept_pages() if address.startswith("/read/")]
    assert kept == [
        url(s) for s in ("breathing-timer", "grounding", "get-through-tonight")
    ]


def test_only_what_was_read_by_a_licensed_person_where_asked(
    client: Client, settings: Any
) -> None:
    assert "还没有" in client.get(url(SLUGS[0])).content.decode()
    settings.LIBRARY_REVIEWED_ONLY = True
    assert client.get(url(SLUGS[0])).status_code == 404
    assert url(SLUGS[0]) not in client.get(reverse("library:index")).content.decode()
    assert [one for one in kept_pages() if one.startswith("/read/")] == []
