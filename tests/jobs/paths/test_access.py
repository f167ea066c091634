from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast

EVERYONE = dict.fromkeys(ROLES, 200)


@pytest.mark.parametrize("name", ["paths:map", "paths:method"])
def test_the_map_is_open_to_everybody(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), EVERYONE)


@pytest.mark.parametrize(
    ("name", "code"),
    [("paths:path", "online_chat"), ("paths:skill", "typing")],
)
def test_a_path_and_a_skill_are_open_to_everybody(
    cast: Cast, name: str, code: str
) -> None:
    check_access(cast, reverse(name, args=[code]), EVERYONE)


@pytest.mark.parametrize("name", ["paths:path", "paths:skill"])
def test_what_is_not_on_the_map_is_not_there(cast: Cast, name: str) -> None:
    nobody = dict.fromkeys(ROLES, 404)
    check_access(cast, reverse(name, args=["no-such-thing"]), nobody)
