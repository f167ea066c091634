from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from jobs.alerts.models import LONGEST_NAME, MOST_SEARCHES
from jobs.alerts.rules.neutral import is_neutral

ACTIONS: dict[str, str | Promise] = {
    "alerts.saved": gettext_lazy("You saved a search"),
    "alerts.changed": gettext_lazy("You changed a saved search"),
    "alerts.paused": gettext_lazy("You paused a saved search"),
    "alerts.resumed": gettext_lazy("You took up a saved search again"),
    "alerts.deleted": gettext_lazy("You deleted a saved search"),
    "alerts.stopped": gettext_lazy("You stopped messages about new jobs"),
    "alerts.erased": gettext_lazy("Your saved searches were erased"),
}


def suggested_name(words: Iterable[str]) -> str:
    """What the search asks for, one after the other, as long as it fits."""
    name = ""
    for word in words:
        longer = f"{name} · {word}" if name else word
        if len(longer) > LONGEST_NAME:
            break
        name = longer
    return name or _("My search")


def too_many() -> str:
    return _("You have %(most)s searches. Delete one, then save this one.") % {
        "most": MOST_SEARCHES
    }


def name_in_message(name: str) -> str:
    return name if is_neutral(name) else _("One of your searches")


def title_in_message(title: str) -> str:
    return title if is_neutral(title) else _("A job that fits")
