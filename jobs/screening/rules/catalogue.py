from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jobs.screening.rules.negation import Negation
from jobs.screening.rules.patterns import (
    Pattern,
    PatternError,
    compile_chinese,
    compile_english,
)
from jobs.screening.rules.wages import MinimumWage, minimum_wage_for, minimum_wages

FOLDER = Path(__file__).resolve().parent.parent / "catalogue"
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
_TEXTS = "texts"
# A longer one is no name of a place, and not worth remembering.
_LONGEST_PLACE = 60
_SHARED_FILES = frozenset(
    {"catalogue", "words", "negation", "roles", "minimum_wages", "rewordings"}
)
# Only what is asked of applicants may be said in other words at a tap. Pay, deposits,
# hours, contracts and practices are facts: other words would only hide them.
REWORDABLE_CATEGORY = "unlawful-advert-discrimination"


class CatalogueError(ValueError):
    """The catalogue's data are inconsistent; the message names the rule."""


class Severity(StrEnum):
    BLOCK = "block"
    REVIEW = "review"
    WARN = "warn"
    POSITIVE = "positive"


class Mark(StrEnum):
    """How well a legal citation is established."""

    CONFIRMED = "confirmed"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


class NegationMode(StrEnum):
    FULL = "full"  # strong, weak and post-negators
    STRONG = "strong"  # the wrong is itself a negative phrase
    NONE = "none"


@dataclass(frozen=True)
class Wording:
    """A text of the catalogue in every interface language."""

    en: str
    zh_hans: str
    zh_hant: str

    def in_language(self, code: str) -> str:
        """The text for a language code; Simplified Chinese when it is unknown."""
        return {"en": self.en, "zh-hant": self.zh_hant}.get(code.lower(), self.zh_hans)


@dataclass(frozen=True)
class Citation:
    law: str
    article: str
    mark: Mark


@dataclass(frozen=True)
class Law:
    """An instrument that rules cite by its short name."""

    key: str
    name: Wording


Phrases = tuple[Pattern, ...]


@dataclass(frozen=True)
class Cluster:
    """Words that mean something only together."""

    weak: Phrases
    strong: Phrases


@dataclass(frozen=True)
class Rule:
    id: str
    category: str
    severity: Severity
    title: Wording
    explanation: Wording
    remedy: Wording
    basis: tuple[Citation, ...]
    phrases: Phrases = ()
    # The hit is dropped when one of these occurs in its clause / sentence / advert.
    unless_clause: Phrases = ()
    unless_sentence: Phrases = ()
    unless_advert: Phrases = ()
    # The rule is asked only when one of these occurs in the hit's sentence / advert.
    needs_sentence: Phrases = ()
    needs_advert: Phrases = ()
    # A hit that holds one of these is raised to a block.
    escalate: Phrases = ()
    cluster: Cluster | None = None
    collection_only: bool = False
    negation: NegationMode = NegationMode.FULL
    fields: frozenset[str] = frozenset()
    checks: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def is_missing_field(self) -> bool:
        return self.id.startswith("miss-")


@dataclass(frozen=True)
class SaferWording:
    """Phrases of an advert with the words to say instead, or none to leave them out.

    Without `inside` the words go only where they are a whole item between two marks.
    """

    rule: str
    phrases: Phrases
    instead: Wording | None = None
    inside: bool = False


@dataclass(frozen=True)
class Catalogue:
    """Every rule with the words they share; `version` changes with any datum."""

    version: str
    rules: tuple[Rule, ...]
    laws: Mapping[str, Law]
    negation: Negation
    rewordings: tuple[SaferWording, ...] = field(repr=False)
    minimum_wages: Sequence[MinimumWage] = field(repr=False)
    shared: Mapping[str, Any] = field(repr=False)
    words: Mapping[str, Sequence[str]] = field(repr=False)

    def rule(self, rule_id: str) -> Rule:
        return self._by_id[rule_id]

    def minimum_wage(self, place: str, *, on: date) -> MinimumWage | None:
        """The minimum in force at a place: adverts name the same few hundred."""
        find = self._wage_at if len(place) <= _LONGEST_PLACE else self._find_wage
        return find(place, on)

    def _find_wage(self, place: str, on: date) -> MinimumWage | None:
        return minimum_wage_for(
            place,
            on=on,
            cities=self.shared["minimum_wages"]["cities"],
            table=self.minimum_wages,
        )

    @cached_property
    def _wage_at(self) -> Callable[[str, date], MinimumWage | None]:
        return lru_cache(maxsize=4096)(self._find_wage)

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return MappingProxyType({rule.id: rule for rule in self.rules})


def _wording(data: Any, *, where: str) -> Wording:
    if not isinstance(data, dict) or set(data) != set(LANGUAGES):
        raise CatalogueError(f"{where}: needs exactly {', '.join(LANGUAGES)}")
    if not all(isinstance(text, str) and text.strip() for text in data.values()):
        raise CatalogueError(f"{where}: a language is empty")
    return Wording(data["en"], data["zh-Hans"], data["zh-Hant"])


def _citations(
    lines: Iterable[str], laws: Mapping[str, Law], *, where: str
) -> tuple[Citation, ...]:
    """Read "LAW art. 3 | confirmed" lines, law and mark checked."""
    found: list[Citation] = []
    for line in lines:
        source, _, mark = line.partition("|")
        law, _, article = source.strip().partition(" ")
        if law not in laws:
            raise CatalogueError(f"{where}: unknown law {law!r}")
        found.append(Citation(law, article.strip(), Mark(mark.strip())))
    return tuple(found)


class _Reader:
    """Turns the raw tables of one catalogue folder into checked rules."""

    def __init__(self, shared: Mapping[str, Any], texts: Mapping[str, Any]) -> None:
        self._texts = texts
        self.words: Mapping[str, Sequence[str]] = shared["words"]
        self.laws = {
            key: Law(key, _wording(name, where=f"law {key}"))
            for key, name in shared["catalogue"]["laws"].items()
        }

    def wording(self, rule_id: str, part: str) -> Wording:
        texts = self._texts.get(rule_id, {})
        return _wording(texts.get(part), where=f"{rule_id}.{part}")

    def phrases(self, data: Mapping[str, Any], key: str) -> Phrases:
        english = "english" if key == "phrases" else f"{key}_english"
        return (
            *(compile_chinese(p, self.words) for p in data.get(key, ())),
            *(compile_english(p, self.words) for p in data.get(english, ())),
        )

    def citations(self, rule_id: str, data: Iterable[str]) -> tuple[Citation, ...]:
        return _citations(data, self.laws, where=rule_id)

    def rule(self, category: str, data: Mapping[str, Any]) -> Rule:
        rule_id = str(data.get("id", ""))
        try:
            return self._rule(category, rule_id, data)
        except (KeyError, PatternError, ValueError) as error:
            if isinstance(error, CatalogueError):
                raise
            raise CatalogueError(f"{rule_id or category}: {error}") from error

    def _rule(self, category: str, rule_id: str, data: Mapping[str, Any]) -> Rule:
        cluster = data.get("cluster")
        return Rule(
            id=rule_id,
            category=category,
            severity=Severity(data["severity"]),
            title=self.wording(rule_id, "title"),
            explanation=self.wording(rule_id, "explanation"),
            remedy=self.wording(rule_id, "remedy"),
            basis=self.citations(rule_id, data.get("basis", ())),
            phrases=self.phrases(data, "phrases"),
            unless_clause=self.phrases(data, "unless_clause"),
            unless_sentence=self.phrases(data, "unless_sentence"),
            unless_advert=self.phrases(data, "unless_advert"),
            needs_sentence=self.phrases(data, "needs_sentence"),
            needs_advert=self.phrases(data, "needs_advert"),
            escalate=self.phrases(data, "escalate"),
            cluster=cluster
            and Cluster(self.phrases(cluster, "weak"), self.phrases(cluster, "strong")),
            collection_only=bool(data.get("collection_only", False)),
            negation=NegationMode(data.get("negation", "full")),
            fields=frozenset(data.get("fields", ())),
            checks=tuple(data.get("checks", ())),
            aliases=tuple(data.get("aliases", ())),
        )

    def rewording(
        self, data: Mapping[str, Any], rules: Mapping[str, Rule]
    ) -> SaferWording:
        rule = rules.get(data.get("rule", ""))
        where = f"rewording of {data.get('rule')}"
        if rule is None or rule.category != REWORDABLE_CATEGORY:
            raise CatalogueError(
                f"{where}: no rule whose words may be changed at a tap"
            )
        try:
            phrases = self.phrases(data, "phrases")
        except PatternError as error:
            raise CatalogueError(f"{where}: {error}") from error
        if not phrases:
            raise CatalogueError(f"{where}: no phrases")
        instead = data.get("instead")
        return SaferWording(
            rule=rule.id,
            phrases=phrases,
            instead=instead and _wording(instead, where=where),
            inside=bool(data.get("inside", False)),
        )


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read, check and compile a catalogue folder."""
    shared: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    tables: list[tuple[str, Mapping[str, Any]]] = []
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content)
        data = tomllib.loads(content.decode())
        if path.parent.name == _TEXTS:
            texts.update(data)
        elif path.stem in _SHARED_FILES:
            shared[path.stem] = data
        else:
            tables.extend((path.stem, rule) for rule in data.get("rule", ()))
    missing = _SHARED_FILES - shared.keys()
    if missing:
        raise CatalogueError(f"missing files: {', '.join(sorted(missing))}")
    reader = _Reader(shared, texts)
    rules = tuple(reader.rule(category, data) for category, data in tables)
    _check_unique(rules)
    by_id = {rule.id: rule for rule in rules}
    number = shared["catalogue"]["version"]
    return Catalogue(
        version=f"{number}+{digest.hexdigest()[:12]}",
        rules=rules,
        laws=MappingProxyType(reader.laws),
        negation=Negation(shared["negation"]),
        rewordings=tuple(
            reader.rewording(data, by_id)
            for data in shared["rewordings"].get("rewording", ())
        ),
        minimum_wages=minimum_wages(shared["minimum_wages"]),
        shared=MappingProxyType(shared),
        words=MappingProxyType(dict(reader.words)),
    )


def _check_unique(rules: Sequence[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        for name in (rule.id, *rule.aliases):
            if not name or name in seen:
                raise CatalogueError(f"rule id {name!r} is empty or used twice")
            seen.add(name)


@cache
def default_catalogue() -> Catalogue:
    return load_catalogue()


def read_citations(lines: Iterable[str]) -> tuple[Citation, ...]:
    """Citations of the catalogue's laws that stand outside of it."""
    return _citations(lines, default_catalogue().laws, where="a citation")
