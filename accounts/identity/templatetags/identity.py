from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from accounts.identity.rules.devices import name_device

register = template.Library()


@register.filter
def device_name(user_agent: str) -> str:
    return name_device(user_agent) or _("Unknown device")
