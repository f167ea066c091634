"""What the results page shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _

from accounts.lib import dates
from accounts.lib.keyset import KeysetPage
from accounts.lib.places import (
    city_by_code,
    distance_km,
    find_district,
)
from jobs.postings.cards import Card, CardRow, Mark, posting_card
from jobs.search import access, texts
from jobs.search.drawing import filter_fields
from jobs.search.forms import FIELDS, MOST_PLAIN, SearchForm
from jobs.search.registry import marks_for
from jobs.search.rules.highlight import marked
from jobs.search.rules.query import SORTS, Query
from jobs.search.rules.understanding.pieces import Piece
from jobs.search.rules.understanding.reading import (
    LONGEST_QUERY,
    first_part,
    text_without,
    understand,
)

PAGE_SIZE = 20
MOST_SUGGESTIONS = 6
# More pieces than these are in force, but nobody drops them one by one.
MOST_CHIPS = 10
# Lines of lists that are remembered as drawn: about 1.5 kB each.
MOST_DRAWN = 4_096
SAVE = "jobs/alerts/_save.html"
# What says where in the list somebody is, not what they look for.
_PLACES = ("after", "before")
_PAIRS = "parts_of_its_address"

# Latitude and longitude of where somebody looks from.
Near = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Chip:
    """`url` is the search without it; `plain_url` takes its words as they stand."""

    text: str
    url: str
    # These three only where nothing was found: without it, and it alone.
    without: Callable[[], Query]
    alone: Callable[[], Query]
    alone_url: str
    typed: str = ""
    plain_url: str = ""


def results_of(request: HttpRequest, form: SearchForm) -> dict[str, Any]:
    form.is_valid()
    query = form.wanted()
    found = access.results(
        query,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PAGE_SIZE,
    )
    chips = chips_of(request, form, query)
    rows = found.page.rows
    # Seekers have a button beside each, and marks of what they did with it.
    is_seekers = getattr(request.user, "kind", "") == "seeker"
    return {
        "form": form,
        "fields": filter_fields(form, query, found.facets),
        "query": query,
        "page": KeysetPage(
            rows,
            newer=_page_at(request, "before", found.page.before),
            older=_page_at(request, "after", found.page.after),
        ),
        "cards": cards_of(request, rows, query) if is_seekers else (),
        "list": "" if is_seekers else list_of(rows, query),
        "total": found.total,
        "is_capped": found.is_capped,
        "active": chips,
        "filters_on": len(form.filters()),
        "suggestions": [] if found.total else suggestions_of(chips),
        "can_be_plain": any(chip.plain_url for chip in chips),
        "plain": request.GET.getlist("plain")[:MOST_PLAIN],
        "sorts": sorts_of(request, query),
        "save_template": _save_template(),
        "guess": _guess(request, form, found.total),
        "is_cut": form.understood.is_cut,
    }


def sorts_of(request: HttpRequest, query: Query) -> list[dict[str, Any]]:
    """Nearest only where somebody said from where."""
    texts_of = {
        "relevance": _("Best fit"),
        "newest": _("Newest"),
        "pay": _("Highest pay"),
        "nearest": _("Nearest"),
    }
    offered = [s for s in SORTS if s != "nearest" or query.city_code or query.near]
    return [
        {
            "text": texts_of[name],
            "url": address(request, sort="" if name == "relevance" else name),
            "is_chosen": query.sort == name,
        }
        for name in offered
    ]


@cache
def _save_template() -> str:
    """The button of saved searches stands above this app: it is there or it is not."""
    try:
        get_template(SAVE)
    except TemplateDoesNotExist:
        return ""
    return SAVE


def _page_at(request: HttpRequest, key: str, place: str) -> str:
    """A link to the page at a place; empty without one."""
    if not place:
        return ""
    params = {n: v for n, v in _given(request).items() if n not in _PLACES}
    params[key] = [place]
    return f"?{urlencode(params, doseq=True)}"


def address(request: HttpRequest, **changes: str | Sequence[str]) -> str:
    """This search with some parts of its address changed, from its first page."""
    pairs = [
        pair
        for name, pair in _pairs(request)
        if name not in changes and name not in _PLACES
    ]
    for name, value in changes.items():
        values = [value] if isinstance(value, str) else value
        pairs += [urlencode({name: v}) for v in values if v]
    return f"{request.path}?{'&'.join(pairs)}" if pairs else request.path


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Each part of the address with its name, as a link has it; read once for all links."""
    found: list[tuple[str, str]] | None = getattr(request, _PAIRS, None)
    if found is None:
        given = _given(request).items()
        found = [(n, urlencode({n: v})) for n, values in given for v in values if v]
        setattr(request, _PAIRS, found)
    return found


def _given(request: HttpRequest) -> dict[str, list[str]]:
    """To change. Forty links with all of a very long search weigh half a MB."""
    params = {name: list(values) for name, values in request.GET.lists()}
    typed = params.get("q", [""])[-1]
    if len(typed) > LONGEST_QUERY:
        params["q"] = [first_part(typed)]
    return params


def _address_of(request: HttpRequest, **values: str) -> str:
    """A search for nothing but this."""
    params = QueryDict(mutable=True)
    params.update({name: value for name, value in values.items() if value})
    return f"{request.path}?{params.urlencode()}"


def chips_of(request: HttpRequest, form: SearchForm, query: Query) -> list[Chip]:
    understood = form.understood
    chips = [
        _piece_chip(request, form, piece) for piece in understood.pieces[:MOST_CHIPS]
    ]
    if query.text:
        left = "".join(f" {p.typed}" for p in understood.pieces).strip()
        less = replace(understood.query, text="", words=())
        shown = query.text.replace(";", " ")
        alone = replace(Query(), text=query.text, words=query.words)
        chips.append(
            Chip(
                shown,
                address(request, q=left),
                lambda: form.filtered(less),
                lambda: alone,
                _address_of(request, q=shown),
            )
        )
    chips += [
        _filter_chip(request, query, name, value)
        for name, value in form.filters().items()
    ]
    return chips


def _piece_chip(request: HttpRequest, form: SearchForm, piece: Piece) -> Chip:
    rest = text_without(form.understood, piece)
    plain = request.GET.getlist("plain")[:MOST_PLAIN]
    return Chip(
        texts.piece_text(piece),
        address(request, q=rest),
        lambda: form.filtered(understand(rest, plain=plain).query),
        lambda: understand(piece.typed, plain=plain).query,
        _address_of(request, q=piece.typed),
        typed=piece.typed,
        plain_url=address(request, plain=[*plain, piece.typed]),
    )


def _filter_chip(request: HttpRequest, query: Query, name: str, value: Any) -> Chip:
    gone = ("city", "district") if name == "city" else (name,)
    empty = Query()
    left_open: dict[str, Any] = {FIELDS[n]: getattr(empty, FIELDS[n]) for n in gone}
    return Chip(
        texts.fact_text(FIELDS[name], value),
        address(request, **dict.fromkeys(gone, "")),
        lambda: replace(query, **left_open),
        lambda: replace(empty, **{part: getattr(query, part) for part in left_open}),
        _address_of(request, **{part: request.GET.get(part, "") for part in gone}),
    )


def suggestions_of(chips: Sequence[Chip]) -> list[dict[str, Any]]:
    """Which piece or filter to drop, with how many postings that brings.

    Where dropping one is not enough, what each would bring by itself.
    """
    chips = chips[:MOST_SUGGESTIONS]
    dropped = [(chip.text, chip.url, chip.without) for chip in chips]
    if found := _worth_offering(dropped, is_alone=False):
        return found
    alone = [(chip.text, chip.alone_url, chip.alone) for chip in chips]
    return _worth_offering(alone, is_alone=True) if len(chips) > 1 else []


def _worth_offering(
    offers: Sequence[tuple[str, str, Callable[[], Query]]], *, is_alone: bool
) -> list[dict[str, Any]]:
    totals = access.counts([query() for _text, _url, query in offers])
    found = [
        {
            "words": text,
            "url": url,
            "total": min(total, access.COUNT_CAP),
            "shown": _capped(total),
            "is_alone": is_alone,
        }
        for (text, url, _query), total in zip(offers, totals, strict=True)
        if total
    ]
    return sorted(found, key=lambda suggestion: -suggestion["total"])


def _capped(total: int) -> str:
    return f"{access.COUNT_CAP}+" if total > access.COUNT_CAP else str(total)


def _guess(request: HttpRequest, form: SearchForm, total: int) -> dict[str, str]:
    guess = form.understood.guess
    if guess is None or (guess.is_weak and total):
        return {}
    return {"meant": guess.meant, "url": address(request, q=guess.text)}


def cards_of(request: HttpRequest, rows: Sequence[CardRow], query: Query) -> list[Card]:
    marks = marks_for(request.user, [posting.pk for posting in rows])
    words = _typed(query)
    cards = []
    for posting in rows:
        card = _card(posting, words, query.near)
        card.take_marks(marks.get(posting.pk, ()))
        cards.append(card)
    return cards


def list_of(rows: Sequence[CardRow], query: Query) -> SafeString:
    """For all who have done nothing with a posting: the same line for each of them."""
    words, language, today = _typed(query), get_language() or "", dates.today()
    drawn = [_line(row, words, query.near, language, today) for row in rows]
    return mark_safe("".join(drawn))  # noqa: S308 -- of drawn cards


@lru_cache(maxsize=MOST_DRAWN)
def _line(
    row: CardRow, words: tuple[str, ...], near: Near, _language: str, _today: date
) -> str:
    """What many ask for stands in many lists; all that it shows is in what it is given."""
    return f'<li class="posting-item">{_card(row, words, near).html}</li>'


def _card(row: CardRow, words: tuple[str, ...], near: Near) -> Card:
    card = posting_card(row)
    card.title_parts = marked(row.title, words)
    far = _distance(near, row)
    if far:
        card.badges.append(far)
    return card


def _typed(query: Query) -> tuple[str, ...]:
    return tuple(w for group in query.words for w in group if not w.startswith("@"))


def _distance(near: Near, posting: CardRow) -> Mark | None:
    """How far from the district somebody named, where it is not the same one."""
    city = city_by_code(posting.city_code) if near else None
    if near is None or city is None:
        return None
    there = (
        find_district(city, posting.district) if posting.district else None
    ) or city
    here = replace(city, lat=near[0], lng=near[1])
    km = round(distance_km(here, there))
    if km < 1:
        return None
    return Mark(_("About %(km)s km away") % {"km": km}, "line", "map-pin")
