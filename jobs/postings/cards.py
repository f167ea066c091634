"""A posting in a list: what templates/components/posting_card.html shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, ngettext

from accounts.employers.enums import VerificationState
from accounts.lib import dates
from accounts.lib.places import city_by_code, find_district
from accounts.lib.templatetags.ui import pay
from accounts.seekers.enums import Education
from jobs.postings.enums import Channel, Rest, Shift
from jobs.postings.models import Posting

Text = str | Promise
SAVED = "saved"
# What a card reads of its posting: for lists that load no more of the row.
CARD_FIELDS = (
    "public_id",
    "title",
    "pay_min",
    "pay_max",
    "salary_text",
    "city_code",
    "district",
    "shift",
    "rest",
    "education",
    "channel",
    "organization_name",
    "source_name",
    "date_posted",
    "organization__display_name",
    "organization__verification",
)


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
    extras: list[Text]
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
        """As the template draws it: the same words are drawn once."""
        return _drawn(_Drawing(get_language() or "", self._words(), self))

    def _words(self) -> tuple[Any, ...]:
        marks = tuple((str(m.text), m.kind, m.symbol) for m in self.badges)
        listed = (self.extras, self.reasons, self.cautions)
        texts = tuple(tuple(map(str, some)) for some in listed)
        plain = (self.url, self.title, self.pay, self.place, self.shift, self.employer)
        return (
            *plain,
            self.posted,
            str(self.answer),
            marks,
            texts,
            tuple(self.title_parts),
        )


class _Drawing(NamedTuple):
    """A card and all that its drawing depends on; only that is compared."""

    language: str
    words: tuple[Any, ...]
    card: Card

    def __hash__(self) -> int:
        return hash((self.language, self.words))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing) and other[:2] == self[:2]

    def __ne__(self, other: object) -> bool:
        return not self == other


# Some 6 MB. The newest postings stand on most pages that anybody looks at.
@lru_cache(maxsize=4096)
def _drawn(drawing: _Drawing) -> SafeString:
    return render_to_string("components/posting_card.html", {"card": drawing.card})


def posting_card(
    posting: Posting, *, reasons: Sequence[Text] = (), cautions: Sequence[Text] = ()
) -> Card:
    """Needs the organisation joined (`select_related`)."""
    return Card(
        url=_address().replace(str(_NOBODY), str(posting.public_id)),
        title=posting.title,
        pay=pay_of(posting),
        place=place_of(posting),
        shift=shift_of(posting),
        extras=_extras(posting),
        employer=posting.employer_name or _("Employer not named"),
        posted=posted_on(posting.date_posted),
        public_id=posting.public_id,
        badges=_badges(posting),
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


def pay_of(posting: Posting) -> str:
    """A month's pay; the source's own words where they give no monthly figure."""
    if posting.pay_min is None and posting.pay_max is None and posting.salary_text:
        return posting.salary_text
    return pay(posting.pay_min, posting.pay_max)


def place_of(posting: Posting) -> str:
    """City and district as people say them; empty when the posting names none."""
    language = get_language() or ""
    city = city_by_code(posting.city_code)
    parts = [city.name(language)] if city else []
    if posting.district:
        district = find_district(city, posting.district) if city else None
        parts.append(district.name(language) if district else posting.district)
    return " · ".join(parts) or _("Place not stated")


def shift_of(posting: Posting) -> str:
    return str(Shift(posting.shift).label) if posting.shift in _SHIFTS else ""


def posted_on(day: date | None) -> str:
    """How old a posting is, in words."""
    if day is None:
        return ""
    days = (dates.today() - day).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    if days < 31:
        return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
    return dates.day_text(day)


def _extras(posting: Posting) -> list[Text]:
    extras: list[Text] = []
    if posting.rest in _RESTS:
        extras.append(Rest(posting.rest).label)
    if posting.education in _LEVELS and posting.education != Education.NONE:
        extras.append(Education(posting.education).label)
    return extras


def _badges(posting: Posting) -> list[Mark]:
    badges: list[Mark] = []
    organization = posting.organization
    if organization and organization.verification == VerificationState.VERIFIED:
        badges.append(Mark(_("Employer checked"), "good", "badge-check"))
    if organization is None and posting.source_name:
        source = _("From %(source)s") % {"source": posting.source_name}
        badges.append(Mark(source, "line", "external-link"))
    channel = CHANNEL_MARKS.get(posting.channel)
    if channel:
        badges.append(Mark(Channel(posting.channel).label, *channel))
    return badges


CHANNEL_MARKS: dict[str, tuple[str, str]] = {
    Channel.INBOUND_PHONE: ("sea", "headphones"),
    Channel.OUTBOUND_PHONE: ("caution", "phone"),
    Channel.TEXT: ("sea", "message-square-text"),
    Channel.IN_PERSON: ("sea", "users"),
    Channel.FIELD: ("caution", "map-pin"),
    Channel.BACK_OFFICE: ("sea", "monitor"),
}
