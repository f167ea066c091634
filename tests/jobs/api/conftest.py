from __future__ import annotations

import pytest

from jobs.api.models import ApiKey
from tests.cast import Cast
from tests.jobs.api.make import Api, new_key


@pytest.fixture
def api(cast: Cast) -> Api:
    """Every scope, for the cast's organisation."""
    return Api(new_key(cast.employer).token)


@pytest.fixture
def key(api: Api, cast: Cast) -> ApiKey:
    return ApiKey.objects.get(organization=cast.organization)
