from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.consent.enums import Purpose
from accounts.consent.services import deletions, grant_consent
from accounts.consent.services.exports import request_export, work_on
from tests.access import check_access
from tests.cast import ROLES, Cast

EVERYBODY = {role: 200 for role in ROLES if role != "anonymous"}
SENT_ON = dict.fromkeys(EVERYBODY, 302)


@pytest.mark.parametrize(
    "name", ["consent:centre", "consent:looks", "consent:grants", "consent:export"]
)
def test_everybody_has_their_own(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), EVERYBODY)


@pytest.mark.parametrize("name", ["consent:delete", "consent:leaving"])
def test_first_show_who_you_are_or_ask_to_leave(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), SENT_ON)


def test_asking_to_be_shown_again(cast: Cast) -> None:
    check_access(cast, reverse("identity:afresh"), EVERYBODY)


def test_everybody_may_say_that_they_stay(cast: Cast) -> None:
    assert reverse("consent:stay")
    check_access(cast, reverse("consent:stay"), SENT_ON, method="post")
    check_access(cast, reverse("consent:stay"), {}, default=405)


@pytest.mark.parametrize("name", ["consent:end", "consent:agree_again"])
def test_only_their_own_agreements(cast: Cast, name: str) -> None:
    consent = grant_consent(
        user=cast.seeker.user, purpose=Purpose.SHOW_PROFILE, version="1"
    )
    url = reverse(name, args=[consent.public_id])
    if name == "consent:end":
        check_access(cast, url, {"seeker": 200})
        check_access(cast, url, {"seeker": 302}, method="post")
    else:  # those words are read and chosen elsewhere
        check_access(cast, url, {}, method="post")


def test_only_their_own_copy(cast: Cast) -> None:
    export = request_export(user=cast.seeker.user)[0]
    assert work_on(export_id=export.pk)
    # All others are asked who they are as well: nothing tells that it is not theirs.
    url = reverse("consent:fetch", args=[export.public_id])
    check_access(cast, url, SENT_ON)


@pytest.mark.parametrize("name", ["consent:receipt", "consent:receipt_file"])
def test_whoever_has_the_address_reads_the_receipt(cast: Cast, name: str) -> None:
    row = deletions.request_deletion(user=cast.other_seeker.user)
    open_ = dict.fromkeys(ROLES, 200)
    check_access(cast, reverse(name, args=[row.public_id]), open_)
    nowhere = dict.fromkeys(ROLES, 404)
    check_access(cast, reverse(name, args=[uuid4()]), nowhere)
