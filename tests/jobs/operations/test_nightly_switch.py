from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.identity.enums import SwitchState
from accounts.identity.services.switches import change_switch
from jobs.matching.models import MatchRun
from jobs.matching.tasks import recompute_matches
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import make_posting, sign_in

pytestmark = pytest.mark.django_db


def turn(state: SwitchState, version: int) -> None:
    change_switch(
        name="nightly_matching", state=state, actor=None, note="x", version=version
    )


def test_no_list_is_made_while_it_is_off(cast: Cast) -> None:
    make_posting(cast.organization)
    turn(SwitchState.OFF, 0)
    assert recompute_matches() == 0
    client = StrictClient()
    sign_in(client, cast.operator)
    response = client.post(reverse("matching:run_begin"), follow=True)
    assert "开关已关，没有开始。" in response.content.decode()
    assert not MatchRun.objects.exists()
    turn(SwitchState.ON, 1)
    recompute_matches()
    assert MatchRun.objects.count() == 1
