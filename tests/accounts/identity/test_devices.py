from __future__ import annotations

import pytest

from accounts.identity.rules.devices import name_device


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13) Chrome/119 Mobile MicroMessenger/8",
            "WeChat · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17 Safari/604",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/119 Safari/537 Edg/119",
            "Edge · Windows",
        ),
        ("curl/8", ""),
    ],
)
def test_devices_have_names_people_know(agent: str, name: str) -> None:
    assert name_device(agent) == name
