from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from accounts.identity.rules.devices import name_device
from accounts.identity.rules.phones import shown_phone

register = template.Library()


@register.filter
def device_name(user_agent: str) -> str:
    return name_device(user_agent) or _("Unknown device")


@register.filter
def shown_contact(contact: str | None) -> str:
    """A phone number as people write it; an address as it is."""
    contact = contact or ""
    return contact if "@" in contact else shown_phone(contact)
