from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast

NAMES = (
    "rights:index",
    "rights:severance",
    "rights:unemployment",
    "rights:wages",
    "rights:claim",
    "rights:noncompete",
    "rights:exposure",
)


@pytest.mark.parametrize("name", NAMES)
def test_rights_tools_are_for_everybody(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), dict.fromkeys(ROLES, 200))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_can_be_sent_to_them(cast: Cast, name: str) -> None:
    refused = dict.fromkeys(ROLES, 405)
    check_access(cast, reverse(name), refused, method="post", data={"threats": "yes"})
