from __future__ import annotations

import pytest
from django.urls import reverse

from jobs.screening.models.sanctions import Sanction
from tests.access import check_access
from tests.cast import Cast
from tests.jobs.applications.make_covenant import breach, pauses

READERS = {"employer": 200, "colleague": 200}


def url_of(measure: Sanction) -> str:
    return reverse("applications:paused", args=[measure.public_id])


@pytest.mark.parametrize("times", [1, 3])
def test_who_reads_of_a_pause(cast: Cast, times: int) -> None:
    breach(cast, times)
    check_access(cast, url_of(pauses(cast.organization)[-1]), READERS)


@pytest.mark.parametrize(("times", "colleague"), [(1, 302), (3, 403)])
def test_whose_word_is_asked(cast: Cast, times: int, colleague: int) -> None:
    """A colleague's does for a posting; for all of them it is an administrator's."""
    breach(cast, times)
    url = url_of(pauses(cast.organization)[-1])
    expected = {"employer": 302, "colleague": colleague}
    check_access(cast, url, expected, method="post")


def test_other_measures_have_another_page(cast: Cast) -> None:
    breach(cast)
    measure = pauses(cast.organization)[0]
    Sanction.objects.update(basis=["fee"])
    check_access(cast, url_of(measure), {})
