from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast

PUBLIC = dict.fromkeys(ROLES, 200)


@pytest.mark.parametrize(
    "name", ["transparency", "transparency_csv", "transparency_json", "traps"]
)
def test_everybody_may_read_figures_and_traps(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), PUBLIC)


def test_everybody_may_have_an_advert_read(cast: Cast) -> None:
    check_access(cast, reverse("traps"), PUBLIC, method="post", data={"text": "双休"})
