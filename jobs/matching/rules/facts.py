"""What scoring knows about a posting and a seeker: small, flat, without texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

# Raised when a posting must be read again because the reading changed.
READING_VERSION = 4


@dataclass(frozen=True, slots=True)
class JobFacts:
    """One posting. Money is RMB a month; None and empty mean that nothing is said.

    `occupations` pairs a code with how sure the text makes us, best first;
    `phone` is 0 none, 1 some, 2 much, 3 mainly; `sales` 0 none, 1 some, 2 mainly;
    `interest` runs from 0, nobody applied yet, to 3, many did.
    """

    id: str
    title: str = ""
    employer: str = ""
    uscc: str = ""
    city: str = ""
    district: str = ""
    is_remote: bool = False
    occupations: tuple[tuple[str, float], ...] = ()
    role: str = ""
    is_disguised: bool = False
    is_collection: bool = False
    sales: int = 0
    phone: int | None = None
    is_outbound: bool = False
    has_text_channel: bool = False
    has_field_visits: bool = False
    works_late: bool | None = None
    is_rotating: bool = False
    is_day_shift: bool = False
    rest: str = ""
    pay_min: int | None = None
    pay_max: int | None = None
    base: int | None = None
    has_commission: bool = False
    education: int = 0
    accepts_experience: bool = False
    years: int = 0
    accepts_beginners: bool = False
    demands: tuple[str, ...] = ()
    seniority: int = 0
    has_career: bool = False
    age_min: int | None = None
    age_max: int | None = None
    women_only: bool = False
    men_only: bool = False
    has_lodging: bool = False
    has_insurance: bool = False
    asks_fees: bool = False
    checks_credit: bool = False
    is_dispatch: bool = False
    is_gig: bool = False
    exposure: int = 0
    disclosed: float = 0.0
    posted: str = ""
    words: tuple[str, ...] = ()
    interest: int = 1

    def as_json(self) -> dict[str, Any]:
        # Tuples of plain values only: no need for asdict's copies of everything.
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> JobFacts:
        values = {f.name: row[f.name] for f in fields(cls) if f.name in row}
        values["occupations"] = tuple((c, s) for c, s in values.get("occupations", ()))
        values["demands"] = tuple(values.get("demands", ()))
        values["words"] = tuple(values.get("words", ()))
        return cls(**values)

    @property
    def posted_on(self) -> date | None:
        return date.fromisoformat(self.posted) if self.posted else None


@dataclass(frozen=True, slots=True)
class Seeker:
    """One person: answers and limits, no name and no contact data.

    `wants` pairs an occupation with its weight (1.0 is ticked or plainly asked for),
    `dislikes` one with the factor (0-1) that lowers its fit; `knows` holds codes of
    demands that their own words meet. `hidden_postings` are ids that are never shown
    and never counted; `leanings` the preferences that follow from what was said about
    postings (they stand in `prefers` too).
    """

    id: str = ""
    city: str = ""
    district: str = ""
    also_cities: frozenset[str] = frozenset()
    education: int | None = None
    age: int | None = None
    years: float = 0.0
    roles: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    wants: tuple[tuple[str, float], ...] = ()
    words: frozenset[str] = frozenset()
    prefers: frozenset[str] = frozenset()
    knows: frozenset[str] = frozenset()
    min_pay: int | None = None
    limits: frozenset[str] = frozenset()
    hidden_uscc: frozenset[str] = frozenset()
    hidden_names: frozenset[str] = frozenset()
    hidden_postings: frozenset[str] = frozenset()
    dislikes: tuple[tuple[str, float], ...] = ()
    leanings: frozenset[str] = frozenset()
