from __future__ import annotations

from django.utils.translation import get_language

from accounts.employers.models import Organization
from accounts.lib.places import city_by_code


def city_name(organization: Organization) -> str:
    """The city in the reader's language; empty when none is set."""
    city = city_by_code(organization.city_code)
    return city.name(get_language() or "zh-hans") if city else ""
