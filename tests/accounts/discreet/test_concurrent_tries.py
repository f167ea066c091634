from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.discreet.enums import Try
from accounts.discreet.models import Pin
from accounts.discreet.rules.lock import MOST_WRONG
from accounts.discreet.services import set_pin, try_pin
from tests.make import make_user

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 8


def test_many_tries_at_once_are_still_five() -> None:
    user = make_user()
    set_pin(user=user, pin="2580", idle_minutes=5, keep_session="")
    start, outcomes = Barrier(AT_ONCE), Counter[Try]()

    def guess() -> None:
        start.wait(timeout=30)
        try:
            outcomes[try_pin(user=user, pin="1357")] += 1
        finally:
            connection.close()

    threads = [Thread(target=guess) for _guess in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    wrong = MOST_WRONG - 1
    assert outcomes == {Try.WRONG: wrong, Try.SPENT: AT_ONCE - wrong}
    assert Pin.objects.get().wrong_tries == MOST_WRONG
