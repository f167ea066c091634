"""Translation catalogues without a system gettext: extract, merge, compile, check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import Template
from django.template.base import FilterExpression, Node, Variable
from django.template.engine import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from accounts.lib.wording import text_problems

HEADER = "# What the pages say. How the words are chosen: docs/words.md"
# Dates of the last run would make every file differ every time.
BEGUN = datetime(2026, 11, 23, tzinfo=UTC)
CODE_FOLDERS = ("accounts", "config", "jobs")
LOCALES = {"zh_Hans": "zh-hans", "zh_Hant": "zh-hant"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
}
UNDERSCORE = re.compile(r'_\("((?:[^"\\]|\\.)*)"\)|_\(\'((?:[^\'\\]|\\.)*)\'\)')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

MessageId = str | tuple[str, ...] | list[str]
Found = tuple[str | tuple[str, ...], str | None]
Message = tuple[str | tuple[str, ...], str | None, str]


def po_file(locale: str) -> Path:
    return Path(settings.BASE_DIR) / "locale" / locale / "LC_MESSAGES" / "django.po"


def read_catalog(locale: str) -> Catalog:
    path = po_file(locale)
    if not path.exists():
        return Catalog(locale=locale, charset="utf-8", fuzzy=False)
    with path.open("rb") as handle:
        return read_po(handle, locale=locale)


def save_catalog(locale: str, catalog: Catalog) -> None:
    path = po_file(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.fuzzy = False
    catalog.header_comment = HEADER
    catalog.project, catalog.version = "Ashore", "1"
    catalog.creation_date = catalog.revision_date = BEGUN
    catalog.last_translator = catalog.language_team = "Ashore"
    catalog.msgid_bugs_address = ""
    with path.open("wb") as handle:
        write_po(
            handle,
            catalog,
            width=0,
            sort_output=True,
            ignore_obsolete=True,
            no_location=True,
            omit_header=False,
        )


def compile_catalogs() -> int:
    """Write the .mo files; returns how many messages are translated."""
    count = 0
    for locale in LOCALES:
        catalog = read_catalog(locale)
        count += sum(1 for message in catalog if message.id and is_translated(message))
        target = po_file(locale).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        # In one move: a site that starts meanwhile never reads half a file.
        written = target.with_suffix(".mo.new")
        with written.open("wb") as handle:
            write_mo(handle, catalog)
        written.replace(target)
    return count


def template_catalog() -> Catalog:
    """Every message that code and templates use now."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for msgid, context, place in (*_code_messages(), *_template_messages()):
        catalog.add(msgid, context=context, locations=[(place, 0)])
    return catalog


def is_translated(message: Any) -> bool:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts) and not message.fuzzy


def problems() -> list[str]:
    """Missing, fuzzy, broken or badly set translations, one sentence each."""
    used = template_catalog()
    found: list[str] = []
    for locale in LOCALES:
        catalog = read_catalog(locale)
        for message in used:
            if message.id:
                translated = catalog.get(message.id, context=message.context)
                found += [
                    f"{locale}: {problem}: {_first(message.id)!r}"
                    for problem in _problems_of(message.id, translated, locale)
                ]
    return found


def _problems_of(msgid: MessageId, translated: Any, locale: str) -> list[str]:
    if translated is None or not is_translated(translated):
        return ["not translated"]
    if not _same_placeholders(msgid, translated.string):
        return ["placeholders differ"]
    texts = translated.string
    texts = (texts,) if isinstance(texts, str) else texts
    return [problem for text in texts for problem in text_problems(text, locale)]


def _first(msgid: MessageId) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]


def _same_placeholders(msgid: MessageId, string: MessageId | None) -> bool:
    last = msgid if isinstance(msgid, str) else msgid[-1]
    texts = (string,) if isinstance(string, str) else string or ()
    wanted = set(PLACEHOLDER.findall(last))
    return all(set(PLACEHOLDER.findall(text)) == wanted for text in texts)


def _code_messages() -> Iterator[Message]:
    root = Path(settings.BASE_DIR)
    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            with path.open("rb") as handle:
                for _line, msgid, _comments, context in extract(
                    "python", handle, keywords=KEYWORDS
                ):
                    yield msgid, context, str(path.relative_to(root))


def _template_messages() -> Iterator[Message]:
    root = Path(settings.BASE_DIR)
    engine = Engine.get_default()
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix not in {".html", ".txt"}:
            continue
        source = path.read_text(encoding="utf-8")
        template = Template(source, engine=engine, name=str(path))
        for msgid, context in _walk(template.nodelist, set()):
            yield msgid, context, str(path.relative_to(root))


def _walk(thing: Any, seen: set[int]) -> Iterator[Found]:
    """Depth first through nodes, filters and variables; each object once."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    yield from _own_message(thing)
    for part in _parts(thing):
        yield from _walk(part, seen)


def _own_message(thing: Any) -> Iterator[Found]:
    if isinstance(thing, BlockTranslateNode):
        yield _block_message(thing)
    elif isinstance(thing, TranslateNode):
        text = thing.filter_expression.var
        literal = text.literal if isinstance(text, Variable) else text
        if isinstance(literal, str):
            yield _plain(literal), _context(thing.message_context)
    elif isinstance(thing, FilterExpression):
        # Django resolves _("…") while parsing: only the source still names it.
        for double, single in UNDERSCORE.findall(thing.token):
            yield _plain((double or single).replace('\\"', '"')), None


def _parts(thing: Any) -> list[Any]:
    if isinstance(thing, list | tuple):
        return list(thing)
    if isinstance(thing, dict):
        return list(thing.values())
    if isinstance(thing, TranslateNode):
        return []
    if isinstance(thing, Node | FilterExpression) or hasattr(thing, "nodelist"):
        return list(getattr(thing, "__dict__", {}).values())
    return []


def _plain(text: str) -> str:
    return str(text).replace("%%", "%") if "%%" in text else str(text)


def _context(expression: FilterExpression | None) -> str | None:
    if expression is None:
        return None
    return str(getattr(expression.var, "literal", expression.var))


def _block_message(node: BlockTranslateNode) -> Found:
    context = _context(node.message_context)
    singular, _names = node.render_token_list(node.singular)
    if not node.plural:
        return singular, context
    plural, _names = node.render_token_list(node.plural)
    return (singular, plural), context
