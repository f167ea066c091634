from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages import Catalog
from django.conf import settings as django_settings
from django.template.engine import Engine
from pytest_django import Settings

from accounts.lib import catalogs


@pytest.fixture
def project(tmp_path: Path, settings: Settings) -> Path:
    """An empty project of our layout, in which catalogues are looked for."""
    for folder in (*catalogs.CODE_FOLDERS, "templates"):
        (tmp_path / folder).mkdir()
    settings.BASE_DIR = tmp_path
    return tmp_path


def used(project: Path, *, code: str = "", template: str = "") -> set[object]:
    """What is taken from one module and one template: msgid, or (context, msgid)."""
    (project / "jobs" / "code.py").write_text(code, encoding="utf-8")
    (project / "templates" / "page.html").write_text(template, encoding="utf-8")
    return {
        (message.context, message.id) if message.context else message.id
        for message in catalogs.template_catalog()
        if message.id
    }


def translate(locale: str, msgid: object, string: object) -> None:
    catalog = Catalog(locale=locale, charset="utf-8", fuzzy=False)
    catalog.add(msgid, string)  # type: ignore[arg-type]
    catalogs.save_catalog(locale, catalog)


def problems_of(project: Path, hans: str, hant: str, msgid: str = "Save") -> list[str]:
    (project / "jobs" / "code.py").write_text(f"_({msgid!r})", encoding="utf-8")
    translate("zh_Hans", msgid, hans)
    translate("zh_Hant", msgid, hant)
    return catalogs.problems()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('_("Save")', {"Save"}),
        ('gettext_lazy("Save")', {"Save"}),
        ('gettext_noop("Save")', {"Save"}),
        ('pgettext_lazy("button", "Save")', {("button", "Save")}),
        ('ngettext("%d job", "%d jobs", n)', {("%d job", "%d jobs")}),
        ('_("One " "sentence")', {"One sentence"}),
        ("print('Save')", set()),
    ],
)
def test_messages_of_code(project: Path, code: str, found: set[object]) -> None:
    assert used(project, code=code) == found


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('{% translate "Save" %}', {"Save"}),
        ('{% translate "Save" context "button" %}', {("button", "Save")}),
        ('{% translate "Save" as text %}{{ text }}', {"Save"}),
        ("{% translate name %}", set()),
        ('{{ _("Save")|upper }}', {"Save"}),
        ('{% badge _("Saved") "good" %}', {"Saved"}),
        ('{% include "a.html" with title=_("Saved") only %}', {"Saved"}),
        ('{% if x %}{% with a=_("Saved") %}{{ a }}{% endwith %}{% endif %}', {"Saved"}),
        ('{% for x in xs %}{% translate "Save" %}{% endfor %}', {"Save"}),
        ("{% translate 'A \"word\"' %}", {'A "word"'}),
        (
            "{% blocktranslate with n=name %}Hello {{ n }}{% endblocktranslate %}",
            {"Hello %(n)s"},
        ),
        (
            "{% blocktranslate trimmed %}\n  One\n  line\n{% endblocktranslate %}",
            {"One line"},
        ),
        (
            "{% blocktranslate count n=n %}{{ n }} job{% plural %}{{ n }} jobs"
            "{% endblocktranslate %}",
            {("%(n)s job", "%(n)s jobs")},
        ),
    ],
)
def test_messages_of_templates(
    project: Path, template: str, found: set[object]
) -> None:
    assert used(project, template=template) == found


def test_every_block_of_a_child_template_is_read(project: Path) -> None:
    template = (
        '{% extends "base.html" %}{% block title %}{% translate "A" %}{% endblock %}'
    )
    assert "A" in used(project, template=template)


def test_migrations_are_not_read(project: Path) -> None:
    folder = project / "jobs" / "migrations"
    folder.mkdir()
    (folder / "0001.py").write_text('_("Old")', encoding="utf-8")
    assert used(project) == set()


def test_a_good_translation_has_no_problems(project: Path) -> None:
    assert problems_of(project, "保存", "儲存") == []


@pytest.mark.parametrize(
    ("hans", "problem"),
    [
        ("", "not translated"),
        ("保存%(count)s", "placeholders differ"),
        ("保存,好", "half-width mark"),
        ("您保存", "say 你, not 您"),
    ],
)
def test_a_bad_translation_is_named(project: Path, hans: str, problem: str) -> None:
    found = problems_of(project, hans, "儲存")
    assert len(found) == 1
    assert found[0].startswith(f"zh_Hans: {problem}")
    assert found[0].endswith("'Save'")


def test_a_lost_placeholder_is_named(project: Path) -> None:
    found = problems_of(project, "{n} 个", "個", msgid="{n} jobs")
    assert found == ["zh_Hant: placeholders differ: '{n} jobs'"]


def test_a_fuzzy_translation_does_not_count(project: Path) -> None:
    problems_of(project, "保存", "儲存")
    path = catalogs.po_file("zh_Hans")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "Save"', '#, fuzzy\nmsgid "Save"'), "utf-8")
    assert catalogs.problems() == ["zh_Hans: not translated: 'Save'"]


def test_one_missing_plural_form_counts(project: Path) -> None:
    (project / "jobs" / "code.py").write_text('ngettext("%d a", "%d as", n)', "utf-8")
    translate("zh_Hans", ("%d a", "%d as"), ("",))
    translate("zh_Hant", ("%d a", "%d as"), ("%d 個",))
    assert catalogs.problems() == ["zh_Hans: not translated: '%d a'"]


def test_a_word_of_the_other_side_of_the_strait_is_named(project: Path) -> None:
    assert problems_of(project, "保存", "保存") == [
        "zh_Hant: say 儲存, not 保存: 'Save'"
    ]


def test_compiled_catalogues_hold_what_was_filled(project: Path) -> None:
    problems_of(project, "保存", "儲存")
    assert catalogs.compile_catalogs() == 2
    assert (
        "保存".encode() in (catalogs.po_file("zh_Hans").with_suffix(".mo")).read_bytes()
    )


def test_the_real_project_is_read() -> None:
    templates = Path(django_settings.BASE_DIR) / "templates"
    assert [Path(folder) for folder in Engine.get_default().dirs] == [templates]
    assert len(catalogs.template_catalog()) > 1000
