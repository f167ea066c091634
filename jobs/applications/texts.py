"""Words that forms and pages share."""

from __future__ import annotations

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from jobs.applications.rules.offers import NO_END
from jobs.paths.pages import skill_names
from jobs.paths.rules.atlas import default_atlas

NOT_SAID = gettext_lazy("Not stated")


def contract_text(months: int | None) -> str:
    if months is None:
        return str(NOT_SAID)
    if months == NO_END:
        return _("Without an end")
    if months % 12 == 0:
        years = months // 12
        return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    return months_text(months)


def months_text(months: int | None) -> str:
    if months is None:
        return str(NOT_SAID)
    if months == 0:
        return _("None")
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def skills_of(occupation: str) -> list[tuple[str, str]]:
    """What the work asks for, the heaviest first: for the employer to choose from."""
    atlas = default_atlas()
    target = atlas.targets.get(occupation)
    if target is None:
        return []
    codes = sorted(target.skills, key=lambda code: -target.skills[code])
    return list(zip(codes, skill_names(codes, atlas), strict=True))
