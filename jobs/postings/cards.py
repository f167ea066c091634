"""A posting in a list: what accounts/lib/cards.py draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, ngettext

from accounts.employers.enums import VerificationState
from accounts.lib import dates
from accounts.lib.cards import Text, drawn_card
from accounts.lib.places import city_by_code, find_district
from accounts.lib.prepared import execute_again
from accounts.lib.templatetags.ui import pay
from accounts.seekers.enums import Education
from jobs.postings.enums import Channel, Rest, Shift
from jobs.postings.models import Posting

SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge: `kind` and `symbol` as the badge tag takes them."""

    text: Text
    kind: str = ""
    symbol: str = ""
    # For who draws it as something else than a badge.
    name: str = ""


@dataclass(slots=True)
class Card:
    url: str
    title: str
    pay: str
    place: str
    shift: str
    extras: Sequence[Text]
    employer: str
    posted: str
    public_id: UUID
    badges: list[Mark] = field(default_factory=list)
    reasons: Sequence[Text] = ()
    cautions: Sequence[Text] = ()
    answer: Text = ""
    # The title in parts, each with whether a search asked for it.
    title_parts: Sequence[tuple[str, bool]] = ()
    is_saved: bool = False

    def take_marks(self, marks: Iterable[Mark]) -> None:
        """What the reader did with it goes before what it is; a button says "saved"."""
        marks = list(marks)
        self.is_saved = any(mark.name == SAVED for mark in marks)
        shown = [mark for mark in marks if mark.name != SAVED]
        self.badges = [*shown, *self.badges]

    @property
    def html(self) -> SafeString:
        return drawn_card(self, self.title_parts)


class CardRow(NamedTuple):
    """What a card shows of its posting."""

    pk: int
    public_id: UUID
    title: str
    pay_min: int | None
    pay_max: int | None
    salary_text: str
    city_code: str
    district: str
    shift: str
    rest: str
    education: str
    channel: str
    organization_name: str
    source_name: str
    date_posted: date | None
    # None where the employer has no account here.
    organization_id: int | None
    display_name: str | None
    verification: str | None

    @property
    def employer_name(self) -> str:
        has_account = self.organization_id is not None
        return (self.display_name if has_account else self.organization_name) or ""


_OF_EMPLOYER = ("organization__display_name", "organization__verification")
# These stand for the moment and the keys where a statement is written beforehand.
_NOW = datetime(1, 1, 1, tzinfo=UTC)
_KEYS = -1


def open_rows(keys: Sequence[int], *, now: datetime) -> dict[int, CardRow]:
    """Of those postings that are open, by their keys."""
    if not keys:
        return {}
    text, given = _statement()
    own = {_NOW: now, _KEYS: list(keys)}
    values = [own.get(value, value) for value in given]
    with connection.cursor() as cursor:
        execute_again(cursor, text, values)
        return {row[0]: CardRow._make(row) for row in cursor.fetchall()}


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """Written once, as that takes as long as to answer it; one for any number of keys."""
    rows = Posting.objects.open(now=_NOW).filter(pk__in=[_KEYS])
    names = (*CardRow._fields[:-2], *_OF_EMPLOYER)
    text, given = rows.values_list(*names).query.sql_with_params()
    return text.replace('"id" IN (%s)', '"id" = ANY(%s)'), given


def row_of(posting: Posting) -> CardRow:
    """Needs the organisation joined (`select_related`)."""
    organization = posting.organization
    shown = [getattr(posting, name) for name in CardRow._fields[:-2]]
    name = organization.display_name if organization else None
    state = organization.verification if organization else None
    return CardRow._make([*shown, name, state])


def posting_card(
    posting: Posting | CardRow,
    *,
    reasons: Sequence[Text] = (),
    cautions: Sequence[Text] = (),
) -> Card:
    row = posting if isinstance(posting, CardRow) else row_of(posting)
    language = get_language() or ""
    said = _said(language, row.shift, row.rest, row.education, row.channel)
    return Card(
        url=_address().replace(str(_NOBODY), str(row.public_id)),
        title=row.title,
        pay=_pay(language, row.pay_min, row.pay_max, row.salary_text),
        place=_place(language, row.city_code, row.district),
        shift=said.shift,
        extras=said.extras,
        employer=row.employer_name or _("Employer not named"),
        posted=_posted(language, row.date_posted, dates.today()),
        public_id=row.public_id,
        badges=[*_standing(row, language), *said.badges],
        reasons=reasons,
        cautions=cautions,
    )


_NOBODY = UUID(int=0)
# `values` of an enumeration is made anew each time.
_SHIFTS, _RESTS, _LEVELS = (frozenset(e.values) for e in (Shift, Rest, Education))


@cache
def _address() -> str:
    """Worked out once: a list needs it twenty times."""
    return reverse("public:job", args=[_NOBODY])


class _Said(NamedTuple):
    shift: str
    extras: tuple[str, ...]
    badges: tuple[Mark, ...]


# A thousand combinations in each language, and few of them are common.
@lru_cache(maxsize=4096)
def _said(_language: str, shift: str, rest: str, education: str, channel: str) -> _Said:
    """A posting's codes in words of the language that is active."""
    extras = []
    if rest in _RESTS:
        extras.append(str(Rest(rest).label))
    if education in _LEVELS and education != Education.NONE:
        extras.append(str(Education(education).label))
    mark = CHANNEL_MARKS.get(channel)
    badges = (Mark(str(Channel(channel).label), *mark),) if mark else ()
    return _Said(_shift(shift), tuple(extras), badges)


def pay_of(posting: Posting) -> str:
    """A month's pay; the source's own words where they give no monthly figure."""
    language = get_language() or ""
    return _pay(language, posting.pay_min, posting.pay_max, posting.salary_text)


@lru_cache(maxsize=4096)
def _pay(_language: str, low: int | None, high: int | None, text: str) -> str:
    return text if low is None and high is None and text else pay(low, high)


def place_of(posting: Posting) -> str:
    """City and district as people say them."""
    return _place(get_language() or "", posting.city_code, posting.district)


@lru_cache(maxsize=4096)
def _place(language: str, city_code: str, named: str) -> str:
    city = city_by_code(city_code)
    parts = [city.name(language)] if city else []
    if named:
        district = find_district(city, named) if city else None
        parts.append(district.name(language) if district else named)
    return " · ".join(parts) or _("Place not stated")


def _shift(code: str) -> str:
    return str(Shift(code).label) if code in _SHIFTS else ""


def posted_on(day: date | None) -> str:
    """How old a posting is, in words."""
    return _posted(get_language() or "", day, dates.today())


@lru_cache(maxsize=1024)
def _posted(_language: str, day: date | None, today: date) -> str:
    if day is None:
        return ""
    days = (today - day).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    if days < 31:
        return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
    return dates.day_text(day)


def _standing(row: CardRow, language: str) -> tuple[Mark, ...]:
    """Who vouches for the employer, or where the advert was found."""
    if row.organization_id is not None:
        return _checked(language) if row.verification == _VERIFIED else ()
    return _found_at(language, row.source_name) if row.source_name else ()


_VERIFIED = str(VerificationState.VERIFIED)


@cache
def _checked(_language: str) -> tuple[Mark, ...]:
    return (Mark(_("Employer checked"), "good", "badge-check"),)


@lru_cache(maxsize=1024)
def _found_at(_language: str, source: str) -> tuple[Mark, ...]:
    text = _("From %(source)s") % {"source": source}
    return (Mark(text, "line", "external-link"),)


CHANNEL_MARKS: dict[str, tuple[str, str]] = {
    Channel.INBOUND_PHONE: ("sea", "headphones"),
    Channel.OUTBOUND_PHONE: ("caution", "phone"),
    Channel.TEXT: ("sea", "message-square-text"),
    Channel.IN_PERSON: ("sea", "users"),
    Channel.FIELD: ("caution", "map-pin"),
    Channel.BACK_OFFICE: ("sea", "monitor"),
}
