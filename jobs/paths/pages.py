"""The map as pages show it: rows, the picture, one path, one skill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from accounts.lib.occupations import (
    OccupationGroup,
    occupation_by_code,
    occupation_name,
    occupations_by_group,
)
from accounts.seekers.enums import PastRole
from jobs.paths import texts
from jobs.paths.rules.atlas import Atlas
from jobs.paths.rules.content import EDUCATIONS, TIERS, SkillText, Target, TargetText
from jobs.paths.rules.picture import Band, Lane, Node, Picture, Spot, draw
from jobs.paths.rules.score import Level, Path, Person, path_to, paths_from

_SHORT_WHY = 3
_RELATED = 4
# Whoever opens the map with nothing ticked sees what most readers did.
EXAMPLE = PastRole.PHONE_COLLECTOR


@dataclass(frozen=True, slots=True)
class Choice:
    """The address of a page in short: what was done, what is asked of the list."""

    roles: tuple[str, ...]
    only: tuple[str, ...] = ()
    tier: str = TIERS[1]
    is_example: bool = False

    def url(self, name: str, *args: str) -> str:
        query = [("from", role) for role in self.roles if not self.is_example]
        query += [("only", code) for code in self.only]
        query += [("tier", self.tier)] if self.tier != TIERS[1] else []
        address = reverse(name, args=args)
        return f"{address}?{urlencode(query)}" if query else address

    @property
    def role_names(self) -> list[str]:
        return [str(PastRole(role).label) for role in self.roles]


@dataclass(frozen=True, slots=True)
class Row:
    """One target in the list."""

    path: Path
    name: str
    about: str
    url: str
    level: str | Promise
    look: str
    have: tuple[str, ...]
    missing: tuple[str, ...]
    low: int
    top: int
    phone: str | Promise
    exposure: str | Promise
    jobs: int


@dataclass(frozen=True, slots=True)
class Section:
    """All rows of one level; what takes long stays folded."""

    level: Level
    title: str | Promise
    note: str | Promise
    rows: list[Row] = field(default_factory=list)

    @property
    def is_folded(self) -> bool:
        return self.level in {Level.MORE_TO_LEARN, Level.FAR}


@dataclass(frozen=True, slots=True)
class DrawnNode:
    node: Node
    row: Row


@dataclass(frozen=True, slots=True)
class DrawnLane:
    lane: Lane
    name: str
    nodes: list[DrawnNode]


@dataclass(frozen=True, slots=True)
class Drawing:
    picture: Picture
    lanes: list[DrawnLane]
    bands: list[tuple[Band, str | Promise]]


@dataclass(frozen=True, slots=True)
class ItemLine:
    title: str | Promise
    text: str
    percent: int
    points: float
    weight: int


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill somebody brings or misses, and where it comes from."""

    code: str
    text: SkillText
    weight: int
    origins: tuple[str, ...] = ()
    is_claimed: bool = False


def language_key() -> str:
    code = (get_language() or "").lower()
    return {"zh-hant": "zh_hant", "en": "en"}.get(code, "zh_hans")


def rows_of(
    person: Person, choice: Choice, atlas: Atlas, counts: dict[str, int]
) -> list[Row]:
    return [
        _row(path, choice, atlas, counts)
        for path in paths_from(person, atlas)
        if is_wanted(path.target, choice.only)
    ]


def is_wanted(target: Target, only: Iterable[str]) -> bool:
    tests = {
        "no_phone": target.phone == 0,
        "no_debtors": target.exposure <= 1,
        "day": target.shifts[0] == "day",
        "no_college": EDUCATIONS.index(target.education)
        <= EDUCATIONS.index("high_school"),
    }
    return all(tests.get(code, True) for code in only)


def _row(path: Path, choice: Choice, atlas: Atlas, counts: dict[str, int]) -> Row:
    target = path.target
    occupation = occupation_by_code(target.code)
    assert occupation is not None
    low, top = target.pay.ranges[choice.tier]
    return Row(
        path=path,
        name=str(occupation.label),
        about=str(occupation.description),
        url=choice.url("paths:path", target.code),
        level=texts.LEVELS[path.level],
        look=texts.LOOKS[path.level],
        have=skill_names(path.have[:_SHORT_WHY], atlas),
        missing=skill_names(path.missing[:2], atlas),
        low=low,
        top=top,
        phone=texts.PHONE[target.phone],
        exposure=texts.EXPOSURE[target.exposure],
        jobs=counts.get(target.code, 0),
    )


def skill_names(codes: Sequence[str], atlas: Atlas) -> tuple[str, ...]:
    key = language_key()
    return tuple(atlas.skills[code].texts[key].name for code in codes)


def sections(rows: Iterable[Row]) -> list[Section]:
    """By level, the closest first; levels without a row are left out."""
    found = {
        level: Section(level, texts.LEVELS[level], texts.LEVEL_NOTES[level])
        for level in Level
    }
    for row in rows:
        found[row.path.level].rows.append(row)
    return [section for section in found.values() if section.rows]


def drawing(rows: Sequence[Row]) -> Drawing:
    groups = {group.code: group for group, _found in occupations_by_group()}
    by_code = {row.path.target.code: row for row in rows}
    spots = [
        Spot(
            code, _group(code).code, row.name, row.path.score, row.path.level, row.jobs
        )
        for code, row in by_code.items()
    ]
    picture = draw(spots, list(groups))
    language = get_language() or ""
    return Drawing(
        picture=picture,
        lanes=[
            DrawnLane(
                lane,
                groups[lane.group].name(language),
                [DrawnNode(node, by_code[node.spot.code]) for node in lane.nodes],
            )
            for lane in picture.lanes
        ],
        bands=[(band, texts.LEVELS[band.level]) for band in picture.bands],
    )


def _group(code: str) -> OccupationGroup:
    occupation = occupation_by_code(code)
    assert occupation is not None
    return occupation.group


def item_lines(path: Path) -> list[ItemLine]:
    return [
        ItemLine(
            title=texts.ITEMS[item.name],
            text=texts.item_text(item, path),
            percent=round(100 * item.value),
            points=round(item.points, 1),
            weight=round(item.weight),
        )
        for item in path.items
    ]


def adjustment_lines(path: Path, atlas: Atlas) -> list[tuple[str, str]]:
    reasons = {a.code: a.reasons[language_key()] for a in atlas.adjustments}
    return [(reasons[code], signed(points)) for code, points in path.adjustments]


def skill_lines(
    codes: Iterable[str], path: Path, person: Person, atlas: Atlas
) -> list[SkillLine]:
    return [
        SkillLine(
            code=code,
            text=atlas.skills[code].texts[language_key()],
            weight=path.target.skills[code],
            origins=_origins(code, person, atlas),
            is_claimed=bool({code, atlas.skills[code].core} & person.claims),
        )
        for code in codes
    ]


def _origins(code: str, person: Person, atlas: Atlas) -> tuple[str, ...]:
    """The earlier roles that bring this skill, or a sister of it."""
    core = atlas.skills[code].core
    return tuple(
        str(PastRole(role).label)
        for role in person.roles
        if any(
            own == code or (core and atlas.skills[own].core == core)
            for own in atlas.sources[role].skills
        )
    )


def target_text(target: Target) -> TargetText:
    return target.texts[language_key()]


def pay_lines(target: Target) -> list[tuple[str | Promise, int, int]]:
    return [(texts.TIERS[tier], *target.pay.ranges[tier]) for tier in TIERS]


def related(
    path: Path, person: Person, choice: Choice, atlas: Atlas, counts: dict[str, int]
) -> list[Row]:
    """What asks for the most alike skills: a second way to the same strengths."""
    own = path.target

    def shared(other: Target) -> float:
        both = sum(min(w, other.skills.get(s, 0)) for s, w in own.skills.items())
        return both / (sum(own.skills.values()) + sum(other.skills.values()) - both)

    others = [t for t in atlas.targets.values() if t.code != own.code]
    nearest = sorted(others, key=lambda t: -shared(t))[:_RELATED]
    found = [_row(path_to(person, t, atlas), choice, atlas, counts) for t in nearest]
    return sorted(found, key=lambda row: -row.path.score)


def asking_for(code: str, choice: Choice, atlas: Atlas) -> list[tuple[str, str, int]]:
    """Occupations that ask for a skill: name, address, weight; the heaviest first."""
    found = [
        (occupation_name(t.code), choice.url("paths:path", t.code), t.skills[code])
        for t in atlas.targets.values()
        if code in t.skills
    ]
    return sorted(found, key=lambda line: -line[2])


def signed(points: float) -> str:
    """With the sign that belongs to figures: +4, −6."""
    return f"{points:+.0f}".replace("-", "\N{MINUS SIGN}")


def roles_of(codes: Iterable[str]) -> list[str]:
    wanted = set(codes)
    return [str(role.label) for role in PastRole if role in wanted]


def names_of(codes: Iterable[str]) -> list[str]:
    return [occupation_name(code) for code in sorted(codes)]
