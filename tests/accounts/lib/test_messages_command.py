from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.lib import catalogs

SAVE = {"en": "Save", "zh_Hans": "保存", "zh_Hant": "儲存"}


@pytest.fixture
def project(tmp_path: Path, settings: Settings) -> Path:
    """A project of our layout that says one word."""
    for folder in (*catalogs.CODE_FOLDERS, "templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "jobs" / "code.py").write_text('_("Save")', encoding="utf-8")
    settings.BASE_DIR = tmp_path
    return tmp_path


def fill(project: Path, *entries: dict[str, str]) -> None:
    path = project / "words.jsonl"
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    path.write_text("\n".join(lines), encoding="utf-8")
    call_command("messages", "fill", path)


def said(locale: str, msgid: str, context: str | None = None) -> object:
    message = catalogs.read_catalog(locale).get(msgid, context=context)
    return message.string if message else None


def test_filling_puts_both_scripts_in_and_compiles(project: Path) -> None:
    fill(project, SAVE)
    assert said("zh_Hans", "Save") == "保存"
    assert said("zh_Hant", "Save") == "儲存"
    assert catalogs.po_file("zh_Hant").with_suffix(".mo").exists()


def test_filling_again_replaces(project: Path) -> None:
    fill(project, SAVE)
    fill(project, SAVE | {"zh_Hans": "存一下"})
    assert said("zh_Hans", "Save") == "存一下"


def test_an_empty_translation_leaves_what_was_there(project: Path) -> None:
    fill(project, SAVE)
    fill(project, SAVE | {"zh_Hans": ""})
    assert said("zh_Hans", "Save") == "保存"


def test_a_context_is_another_message(project: Path) -> None:
    fill(project, SAVE, SAVE | {"ctx": "goal", "zh_Hans": "扑救"})
    assert said("zh_Hans", "Save") == "保存"
    assert said("zh_Hans", "Save", "goal") == "扑救"


def test_updating_takes_new_messages_in_and_drops_old_ones(project: Path) -> None:
    fill(project, SAVE, SAVE | {"en": "Gone"})
    (project / "jobs" / "more.py").write_text('_("New")', encoding="utf-8")
    call_command("messages", "update")
    assert said("zh_Hans", "Save") == "保存"
    assert said("zh_Hans", "New") == ""
    assert said("zh_Hans", "Gone") is None


def test_checking_passes_when_all_is_said(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(project, SAVE)
    call_command("messages", "check")
    assert "Every message is translated." in capsys.readouterr().out


def test_checking_fails_with_the_number_of_problems(project: Path) -> None:
    with pytest.raises(CommandError, match="2 translations"):
        call_command("messages", "check")
