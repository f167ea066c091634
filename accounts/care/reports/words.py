from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from accounts.care.reports.registry import BETTER, HARDER, SAME, title_of
from accounts.care.safety.enums import Level

CHANGE = "change."
TITLES: dict[str, str | Promise] = {
    "use": gettext_lazy("What people used"),
    "talks": gettext_lazy("How many talks people had"),
    "waiting": gettext_lazy("From asking to the first talk"),
    "attendance": gettext_lazy("What became of appointments"),
    "levels": gettext_lazy("Was somebody there in time?"),
}
NOTES: dict[str, str | Promise] = {
    "use": gettext_lazy("Of everybody who agreed to be counted."),
    "talks": gettext_lazy("People who agreed to be counted and had at least one."),
    "waiting": gettext_lazy("Cases by the month in which they began. Working days."),
    "attendance": gettext_lazy("Appointments by month, without moved ones."),
    "levels": gettext_lazy("Flags that were due in this quarter."),
}
LABELS: Mapping[str, str | Promise] = {
    "checkins": gettext_lazy("With check-ins"),
    "no_checkins": gettext_lazy("Without check-ins"),
    "with_talks": gettext_lazy("With talks"),
    "no_talks": gettext_lazy("Without talks"),
    "people": gettext_lazy("People"),
    "one": gettext_lazy("1 talk"),
    "few": gettext_lazy("2 or 3 talks"),
    "more": gettext_lazy("4 talks or more"),
    BETTER: gettext_lazy("Perhaps a little better"),
    SAME: gettext_lazy("About the same"),
    HARDER: gettext_lazy("Perhaps a little harder"),
    "soon": gettext_lazy("Within 3 days"),
    "in_time": gettext_lazy("Within 10 days"),
    "long": gettext_lazy("Longer than 10 days"),
    "not_yet": gettext_lazy("No talk by the end of the quarter"),
    "attended": gettext_lazy("Talk took place"),
    "no_show": gettext_lazy("Nobody came"),
    "cancelled_by_seeker": gettext_lazy("Called off by the person"),
    "cancelled_by_counselor": gettext_lazy("Called off by us"),
    "kept": pgettext_lazy("service level", "In time"),
    "missed": pgettext_lazy("service level", "Too late"),
    "total": gettext_lazy("All together"),
    **dict(Level.choices),
}


def place_of(code: str) -> int:
    return list(TITLES).index(code) if code in TITLES else len(TITLES)


def title_of_table(code: str) -> str:
    if code.startswith(CHANGE):
        name = title_of(code.removeprefix(CHANGE))
        return _("How people changed: {name}").format(name=name)
    return str(TITLES.get(code, code))


def note_of_table(code: str) -> str:
    if code.startswith(CHANGE):
        return _(
            "From the first to the last check-in of the quarter, of people who agreed to "
            "be counted. It does not say why."
        )
    return str(NOTES.get(code, ""))


def label_of(code: str) -> str:
    """Months are their own label."""
    return str(LABELS.get(code, code))
