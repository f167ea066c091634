"""A first text for each kind of work people move to, one TOML file a role."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from accounts.lib.occupations import Occupation, occupation_by_code, occupations
from jobs.postings.enums import EmploymentType

_FOLDER = Path(__file__).resolve().parent / "templates_data"
_LANGUAGES = ("zh_hans", "zh_hant", "en")
# Lawful everywhere; the employer changes what is otherwise.
_COMMON: dict[str, Any] = {
    "education": "none",
    "experience_in_place_of_education": True,
    "experience_years": 0,
    "employment_type": EmploymentType.FULL_TIME.value,
    "weekly_hours": 40,
    "contract_months": 36,
    "probation_months": 2,
    "social_insurance": True,
    "benefits": ["social_insurance", "paid_training", "annual_leave"],
    "screening_required": "none",
}


@dataclass(frozen=True, slots=True)
class RoleTemplate:
    """`facts` are the same in every language, `texts` one table each."""

    code: str
    facts: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]]

    @property
    def occupation(self) -> Occupation:
        found = occupation_by_code(self.code)
        if found is None:
            raise KeyError(self.code)
        return found

    def text(self, language: str) -> Mapping[str, str]:
        key = language.lower().replace("-", "_")
        return self.texts.get(key) or self.texts["zh_hans"]

    def fields(self, language: str) -> dict[str, Any]:
        """As values of a posting; what only the employer knows is left out."""
        texts = self.text(language)
        written = {name: texts[name].strip() for name in texts}
        common = {**_COMMON, "benefits": list(_COMMON["benefits"])}
        return common | {"occupation": self.code} | dict(self.facts) | written


@cache
def role_templates() -> dict[str, RoleTemplate]:
    """By occupation, in the order in which occupations are offered."""
    found = {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml"))}
    order = [row.code for row in occupations() if row.code in found]
    return {code: found[code] for code in order}


def role_template(code: str) -> RoleTemplate | None:
    return role_templates().get(code)


def _read(path: Path) -> RoleTemplate:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = {language: data.pop(language) for language in _LANGUAGES}
    code = data.pop("occupation")
    return RoleTemplate(code, data, texts)
