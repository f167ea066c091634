"""What a reader of our feeds may ask for, by the address alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.lib.occupations import occupation_codes, occupation_name
from accounts.lib.places import city_by_code
from jobs.postings.enums import Role
from jobs.postings.models import Posting

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


class UnknownFilter(Exception):  # noqa: N818 - the message is for the reader
    """Rather no feed than one that leaves out nothing of what it should."""


@dataclass(frozen=True, slots=True)
class Filters:
    city: str = ""
    role: str = ""
    occupation: str = ""
    language: str = settings.LANGUAGE_CODE

    def of(self, rows: QuerySet[Posting]) -> QuerySet[Posting]:
        if self.city:
            rows = rows.filter(city_code=self.city)
        if self.role:
            rows = rows.filter(role=self.role)
        if self.occupation:
            rows = rows.filter(occupation=self.occupation)
        return rows

    @property
    def words(self) -> list[str]:
        """What is left in, in the reader's language."""
        city = city_by_code(self.city)
        words = [city.name(self.language)] if city else []
        words += [str(Role(self.role).label)] if self.role else []
        return words + ([occupation_name(self.occupation)] if self.occupation else [])


def filters_of(asked: QueryDict) -> Filters:
    """Raises UnknownFilter."""
    filters = Filters(
        city=asked.get("city", ""),
        role=asked.get("role", ""),
        occupation=asked.get("occupation", ""),
        language=asked.get("lang") or settings.LANGUAGE_CODE,
    )
    if filters.city and city_by_code(filters.city) is None:
        raise UnknownFilter(
            _("city: give the four-digit code of a city, such as 3101.")
        )
    if filters.role and filters.role not in Role.values:
        raise UnknownFilter("role: " + ", ".join(Role.values))
    if filters.occupation and filters.occupation not in occupation_codes():
        raise UnknownFilter("occupation: " + ", ".join(sorted(occupation_codes())))
    if filters.language not in LANGUAGES:
        raise UnknownFilter("lang: " + ", ".join(sorted(LANGUAGES)))
    return filters
