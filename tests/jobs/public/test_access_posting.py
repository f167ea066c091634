from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.make import make_posting


def test_everybody_may_read_an_open_posting(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    url = reverse("public:job", args=[posting.public_id])
    check_access(cast, url, dict.fromkeys(ROLES, 200))


@pytest.mark.parametrize("state", ["draft", "rejected", "in_review"])
def test_nobody_reads_what_was_never_open(cast: Cast, state: str) -> None:
    posting = make_posting(cast.organization, state=state)
    url = reverse("public:job", args=[posting.public_id])
    check_access(cast, url, {"anonymous": 404})
