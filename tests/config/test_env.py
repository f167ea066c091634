from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False)],
)
def test_flags(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("ASHORE_X", text)
    assert env.env_flag("ASHORE_X", default=not value) is value


@pytest.mark.parametrize("default", [True, False])
def test_an_empty_flag_is_unset(monkeypatch: pytest.MonkeyPatch, default: bool) -> None:
    monkeypatch.setenv("ASHORE_X", " ")
    assert env.env_flag("ASHORE_X", default=default) is default


def test_a_flag_that_is_neither_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASHORE_X", "maybe")
    with pytest.raises(ImproperlyConfigured, match="ASHORE_X must be 1 or 0"):
        env.env_flag("ASHORE_X", default=True)


def test_a_number_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASHORE_X", "ten")
    with pytest.raises(ImproperlyConfigured, match="ASHORE_X must be a whole number"):
        env.env_number("ASHORE_X", 10)


def test_lists_drop_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASHORE_X", " a, ,b,")
    assert env.env_list("ASHORE_X") == ["a", "b"]


def test_a_missing_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASHORE_X", raising=False)
    with pytest.raises(
        ImproperlyConfigured, match="Set the environment variable ASHORE_X"
    ):
        env.env_text("ASHORE_X")


def test_a_folder_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASHORE_X", "~/here/../there")
    assert env.env_folder("ASHORE_X", Path("/")) == Path.home() / "there"
