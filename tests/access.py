from __future__ import annotations

from collections.abc import Mapping

from tests.cast import ROLES, Cast
from tests.client import StrictClient
from tests.make import sign_in

LOGIN = 302


def check_access(
    cast: Cast,
    url: str,
    expected: Mapping[str, int],
    *,
    method: str = "get",
    default: int = 404,
    data: Mapping[str, str] | None = None,
) -> None:
    """Ask `url` as every role in ROLES; roles not in `expected` get `default`.

    Anonymous people are sent to the sign-in page unless `expected` says otherwise.
    """
    wanted = dict.fromkeys(ROLES, default) | {"anonymous": LOGIN} | dict(expected)
    got = {}
    for role in ROLES:
        client = StrictClient()
        sign_in(client, cast.user(role))
        response = getattr(client, method)(url, data or {})
        got[role] = response.status_code
    assert got == wanted
