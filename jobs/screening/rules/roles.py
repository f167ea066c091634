from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jobs.screening.rules.catalogue import Catalogue
from jobs.screening.rules.document import Document
from jobs.screening.rules.findings import Role
from jobs.screening.rules.index import Candidate
from jobs.screening.rules.patterns import Pattern, compile_chinese, compile_english

_UNLAWFUL_WEIGHT = 4


@dataclass(frozen=True)
class Evidence:
    role: Role
    weight: int
    in_title: bool
    group: str
    order: int


@dataclass(frozen=True)
class Reading:
    """The role that the duties show, and whether the title says something else."""

    role: Role
    disguised: bool


class RoleReader:
    """Weighs the evidence of catalogue/roles.toml; negated evidence does not count."""

    def __init__(self, catalogue: Catalogue) -> None:
        data: Mapping[str, Any] = catalogue.shared["roles"]
        self.entries: list[tuple[Evidence, Pattern]] = []
        for name, table in data["role"].items():
            for group, entry in table["evidence"].items():
                evidence = Evidence(
                    Role(name),
                    entry["weight"],
                    entry.get("title", False),
                    group,
                    len(self.entries),
                )
                self.entries.extend(
                    (evidence, compile_chinese(phrase, catalogue.words))
                    for phrase in entry.get("phrases", ())
                )
                self.entries.extend(
                    (evidence, compile_english(phrase, catalogue.words))
                    for phrase in entry.get("english", ())
                )
        self._thresholds = {
            Role(name): table["threshold"] for name, table in data["role"].items()
        }
        self._precedence = [Role(name) for name in data["precedence"]]
        self._claims = {
            Role(name): _Claim(
                _compiled(table["claims"], catalogue),
                _compiled(table.get("honest", ()), catalogue),
            )
            for name, table in data["disguise"].items()
        }

    def read(
        self,
        document: Document,
        candidates: Iterable[tuple[Evidence, Candidate]],
        *,
        is_gig: bool = False,
        unlawful_collection: int = 0,
    ) -> Reading:
        """Classify an advert from those of `entries` that may occur in it, or in its
        title where they are evidence `in_title`.

        `is_gig` says that a task scam was found in it, `unlawful_collection` how many
        unlawful ways of collecting, which are evidence of collection themselves.
        """
        scores = self._scores(document, candidates)
        scores[Role.COLLECTION] += _UNLAWFUL_WEIGHT * min(unlawful_collection, 3)
        role = next(
            (
                role
                for role in self._precedence
                if scores.get(role, 0) >= self._thresholds[role]
                and scores[role] == max(scores.values())
            ),
            Role.OTHER,
        )
        if is_gig:
            return Reading(
                Role.OTHER, self._claims[Role.OTHER].is_made_by(document.title)
            )
        claim = self._claims.get(role)
        disguised = (
            role != Role.OTHER
            and claim is not None
            and claim.is_made_by(document.title)
        )
        return Reading(role, disguised)

    def _scores(
        self, document: Document, candidates: Iterable[tuple[Evidence, Candidate]]
    ) -> dict[Role, int]:
        counted: dict[tuple[Role, str], int] = {}
        scores: dict[Role, int] = dict.fromkeys(Role, 0)
        # What speaks against a role is asked only where something speaks for it.
        for evidence, candidate in sorted(candidates, key=_for_before_against):
            if evidence.weight < 0:
                if scores[evidence.role] <= 0 or not any(candidate.matches()):
                    continue
            elif not document.stands(candidate):
                continue
            key = evidence.role, evidence.group
            counted[key] = counted.get(key, 0) + 1
            # A second word of one group adds a little, a fifth nothing.
            if counted[key] == 1:
                scores[evidence.role] += evidence.weight
            elif counted[key] <= 4:
                scores[evidence.role] += 1 if evidence.weight > 0 else -1
        return scores


def _for_before_against(entry: tuple[Evidence, Candidate]) -> tuple[bool, int]:
    evidence = entry[0]
    return evidence.weight < 0, evidence.order


@dataclass(frozen=True)
class _Claim:
    """Title words that promise another trade, unless an honest word is beside them."""

    claims: Sequence[Pattern]
    honest: Sequence[Pattern]

    def is_made_by(self, title: str) -> bool:
        return _any(self.claims, title) and not _any(self.honest, title)


def _compiled(phrases: Sequence[str], catalogue: Catalogue) -> list[Pattern]:
    return [compile_chinese(phrase, catalogue.words) for phrase in phrases]


def _any(patterns: Sequence[Pattern], text: str) -> bool:
    return any(pattern.regex.search(text) for pattern in patterns)
