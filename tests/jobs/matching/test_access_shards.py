"""What a process holds follows the database, whoever writes and in whatever order."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from jobs.matching import packing
from jobs.matching.access import shards
from jobs.matching.access.snapshots import newest_snapshot
from jobs.matching.models import Departure, PostingFeatures, ShardVersion
from jobs.matching.services.features import write_features
from jobs.matching.tasks import pack_matching
from jobs.postings.models import Posting
from tests.jobs.matching.make import publish
from tests.make import make_organization


def held(*names: str) -> set[str]:
    """Public ids in memory, after a look at the database."""
    found = shards.segments_of(shards.versions_of(names), now=timezone.now())
    return {
        name.decode()
        for segment in found
        for name in (
            segment.columns.id
            if segment.alive is None
            else segment.columns.id[segment.alive]
        )
    }


def close(posting: Posting) -> None:
    posting.state = "closed"
    write_features([posting])


@pytest.mark.django_db
def test_only_what_changed_is_loaded(django_assert_num_queries: object) -> None:
    organization = make_organization()
    first = publish(organization)
    assert held("3101") == {str(first.public_id)}
    second = publish(organization)
    close(first)
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert held("3101") == {str(second.public_id)}
    with django_assert_num_queries(1):  # type: ignore[operator]
        held("3101")


@pytest.mark.django_db
def test_a_posting_that_moved_is_in_one_shard_only() -> None:
    posting = publish()
    assert held("3101", "5101") == {str(posting.public_id)}
    posting.city_code = "5101"
    write_features([posting])
    assert held("3101") == set()
    assert held("5101") == {str(posting.public_id)}
    posting.city_code = "3101"
    write_features([posting])
    assert held("3101") == {str(posting.public_id)}
    assert held("5101") == set()


@pytest.mark.django_db
def test_a_posting_closed_and_opened_again_is_there() -> None:
    posting = publish()
    held("3101")
    close(posting)
    posting.state = "published"
    write_features([posting])
    assert held("3101") == {str(posting.public_id)}


@pytest.mark.django_db
def test_forgotten_departures_make_a_process_load_anew() -> None:
    organization = make_organization()
    stays, leaves = publish(organization), publish(organization)
    assert len(held("3101")) == 2
    close(leaves)
    later = timezone.now() + timedelta(days=1)
    assert packing.forget_departures(shard="3101", before=later) == 1
    assert not Departure.objects.exists()
    assert held("3101") == {str(stays.public_id)}


@pytest.mark.django_db
def test_a_database_that_was_emptied_and_filled_is_loaded_anew() -> None:
    organization = make_organization()
    publish(organization)
    held("3101")
    PostingFeatures.objects.all().delete()
    ShardVersion.objects.all().delete()
    other = publish(organization)
    assert held("3101") == {str(other.public_id)}


@pytest.mark.django_db
def test_a_new_process_starts_from_disk_and_catches_up(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MATCHING_DIR = tmp_path
    organization = make_organization()
    packed, leaves = publish(organization), publish(organization)
    call_command("pack_matching")
    assert newest_snapshot("3101") == ShardVersion.objects.get(shard="3101").version
    assert pack_matching() == 0
    close(leaves)
    fresh = publish(organization)
    # What is on disk is not read again from the database.
    PostingFeatures.objects.filter(posting=packed).update(facts={"id": "other"})
    shards.forget()
    assert held("3101") == {str(packed.public_id), str(fresh.public_id)}
    assert pack_matching() == 1


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_never_hide_a_posting_from_a_reader() -> None:
    organization = make_organization()
    postings = [publish(organization) for _ in range(12)]
    Departure.objects.all().delete()
    ShardVersion.objects.all().delete()
    barrier = Barrier(5)
    seen: list[set[str]] = []

    def write(part: list[Posting]) -> None:
        barrier.wait(timeout=30)
        for posting in part:
            write_features([posting])
        connection.close()

    def read() -> None:
        barrier.wait(timeout=30)
        seen.extend(held("3101") for _ in range(20))
        connection.close()

    threads = [Thread(target=write, args=(postings[n::4],)) for n in range(4)]
    threads.append(Thread(target=read))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    everything = {str(posting.public_id) for posting in postings}
    assert held("3101") == everything
    row = ShardVersion.objects.get(shard="3101")
    assert PostingFeatures.objects.filter(version__lte=row.version).count() == 12
    versions = PostingFeatures.objects.values_list("version", flat=True)
    assert len(set(versions)) == 12
    assert all(found <= everything for found in seen)
