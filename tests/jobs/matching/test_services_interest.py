from __future__ import annotations

import pytest

from jobs.matching.models import PostingFeatures, ShardVersion
from jobs.matching.rules.fairness import interest_step
from jobs.matching.services import interest
from jobs.matching.services.features import write_features
from jobs.postings.models import Posting
from tests.jobs.applications.make import make_application
from tests.jobs.matching.make import publish
from tests.make import make_seeker

pytestmark = pytest.mark.django_db


def step_of(posting: Posting) -> int:
    return int(PostingFeatures.objects.get(pk=posting.pk).facts["interest"])


@pytest.mark.parametrize(
    ("applications", "step"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 2), (10, 3), (99, 3)]
)
def test_four_steps_are_told_apart(applications: int, step: int) -> None:
    assert interest_step(applications) == step


def test_only_a_changed_step_is_written_and_raises_the_version() -> None:
    posting = publish()
    assert step_of(posting) == 0
    make_application(make_seeker(), posting)
    interest.note_interest(posting_ids=[posting.pk])
    assert step_of(posting) == 1
    version = ShardVersion.objects.get(shard="3101").version
    assert interest.note_interest(posting_ids=[posting.pk]) == 0
    assert interest.refresh_interest() == 0
    assert ShardVersion.objects.get(shard="3101").version == version


def test_a_changed_posting_keeps_its_step() -> None:
    posting = publish()
    make_application(make_seeker(), posting)
    write_features([posting])
    assert step_of(posting) == 1
