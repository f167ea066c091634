from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.employers.services.branches import save_branch
from jobs.insights.services.counting import count_seen, write_counts
from tests.access import check_access
from tests.cast import Cast
from tests.make import make_posting, make_user, sign_in

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"')
EMPLOYERS = {"employer": 200, "colleague": 200, "other_employer": 200}
OWN = {"employer": 200, "colleague": 200}


@pytest.mark.parametrize("name", ["insights:overview", "insights:record"])
def test_figures_are_for_employers(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), EMPLOYERS)


def test_beginning_a_posting_is_for_employers(cast: Cast) -> None:
    """Without a place of work it begins where every posting does."""
    url = reverse("insights:start")
    check_access(cast, url, dict.fromkeys(EMPLOYERS, 302))
    values = {"name": "北楼", "city_code": "3101", "district": "", "address": ""}
    save_branch(organization=cast.organization, actor=cast.employer, values=values)
    check_access(cast, url, EMPLOYERS | {"other_employer": 302})


def test_a_postings_figures_are_its_organisations(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    check_access(cast, reverse("insights:posting", args=[posting.public_id]), OWN)


def test_another_ones_figures_look_like_none_at_all(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    count_seen("opened", "search", [posting.pk] * 40)
    write_counts()
    sign_in(client, cast.other_employer)
    nobodys = uuid4()
    theirs = client.get(reverse("insights:posting", args=[posting.public_id]))
    absent = client.get(reverse("insights:posting", args=[nobodys]))
    assert theirs.status_code == absent.status_code == 404
    # The address itself stands in the switch of languages.
    one, other = (TOKEN.sub("", page.content.decode()) for page in (theirs, absent))
    assert one.replace(str(posting.public_id), str(nobodys)) == other


def test_a_draft_has_no_figures(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft", published_at=None)
    sign_in(client, cast.employer)
    url = reverse("insights:posting", args=[posting.public_id])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["insights:overview", "insights:record"])
def test_without_an_organisation_there_is_one_to_set_up(
    client: Client, db: None, name: str
) -> None:
    sign_in(client, make_user("employer"))
    response = client.get(reverse(name))
    assert response["Location"] == reverse("employers:overview")


def test_how_fast_employers_begin_is_the_operators(cast: Cast) -> None:
    check_access(cast, reverse("insights:onboarding"), {"operator": 200})
