from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jobs.webhooks.enums import CHOSEN, GROUPS, EventType

# Audit actions as the person concerned reads them.
ACTIONS = {
    "webhooks.added": _("Address for notices added"),
    "webhooks.changed": _("Address for notices changed"),
    "webhooks.secret_changed": _("New secret for an address made"),
    "webhooks.paused": _("Notices to an address paused"),
    "webhooks.resumed": _("Notices to an address resumed"),
    "webhooks.deleted": _("Address for notices deleted"),
    "webhooks.tested": _("Test notice sent"),
    "webhooks.sent_again": _("Notices sent again"),
    "webhooks.turned_off": _("Address for notices turned off"),
}

# Why a typed address was not taken, by the code of AddressRefused.
REFUSED = {
    "unreadable": _("Write the whole address, such as https://hr.example.com/ashore."),
    "http": _("The address must begin with https://."),
    "password": _("Take the name and password out of the address."),
    "private": _("This address cannot be reached from outside. Use a public one."),
    "port": _("Use the usual port, or one from 1024 on."),
    "long": _("The address is too long: 500 characters at most."),
    "unknown": _("We cannot find this name on the internet. Is it spelt right?"),
}


def event_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be ticked, in groups."""
    return [
        (
            str(label),
            [(kind.value, str(kind.label)) for kind in CHOSEN if _is_of(kind, group)],
        )
        for group, label in GROUPS.items()
    ]


def told_of(events: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The same for reading: only what is ticked, and groups with something in them."""
    chosen = set(events)
    found = [
        (group, [label for value, label in kinds if value in chosen])
        for group, kinds in event_choices()
    ]
    return [(group, labels) for group, labels in found if labels]


def _is_of(kind: EventType, group: str) -> bool:
    return kind.value.startswith(f"{group}.")
