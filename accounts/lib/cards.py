"""A posting's card, drawn without a template: a page of results has twenty of them.

As templates they took about a fifth of the page's time in Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Protocol

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.lib.templatetags.ui import badge, icon

Text = str | Promise


class BadgeShown(Protocol):
    @property
    def text(self) -> Text: ...

    @property
    def kind(self) -> str: ...

    @property
    def symbol(self) -> str: ...


class CardShown(Protocol):
    @property
    def url(self) -> str: ...

    @property
    def title(self) -> Text: ...

    @property
    def pay(self) -> Text: ...

    @property
    def place(self) -> Text: ...

    @property
    def shift(self) -> Text: ...

    @property
    def extras(self) -> Sequence[Text]: ...

    @property
    def badges(self) -> Sequence[BadgeShown]: ...

    @property
    def reasons(self) -> Sequence[Text]: ...

    @property
    def cautions(self) -> Sequence[Text]: ...

    @property
    def employer(self) -> Text: ...

    @property
    def answer(self) -> Text: ...

    @property
    def posted(self) -> Text: ...


def drawn_card(
    card: CardShown, title_parts: Iterable[tuple[str, bool]] = ()
) -> SafeString:
    """`title_parts`: the title in parts, each with whether a search asked for it."""
    title = "".join(
        f"<mark>{_text(part)}</mark>" if is_hit else _text(part)
        for part, is_hit in title_parts
    )
    meta = [f"{icon('map-pin')}{_text(card.place)}"]
    if card.shift:
        meta.append(f"{icon('clock')}{_text(card.shift)}")
    meta += [_text(extra) for extra in card.extras]
    foot = [f"{icon('building-2')}{_text(card.employer)}"]
    if card.answer:
        foot.append(f"{icon('message-circle')}{_text(card.answer)}")
    when = f'<span class="when">{_text(card.posted)}</span>' if card.posted else ""
    return mark_safe(  # noqa: S308 -- every text goes through _text
        '<article class="card card-link posting"><div class="posting-head">'
        f'<h3 class="card-title"><a href="{_text(card.url)}">'
        f"{title or _text(card.title)}</a></h3>"
        f'<p class="pay">{_text(card.pay)}</p></div>'
        f'<p class="meta">{_spans(meta)}</p>{_badges(card.badges)}{_why(card)}'
        f'<div class="posting-foot meta">{_spans(foot)}{when}</div></article>'
    )


def _text(text: Text) -> str:
    written = str(text)
    return written if isinstance(written, SafeString) else escape(written)


def _spans(drawn: Iterable[str]) -> str:
    # Read aloud or copied, two of them are two words.
    return "\n".join(f"<span>{part}</span>" for part in drawn)


def _badges(badges: Iterable[BadgeShown]) -> str:
    drawn = "".join(badge(item.text, item.kind, item.symbol) for item in badges)
    return drawn and f'<p class="badges">{drawn}</p>'


def _why(card: CardShown) -> str:
    if not (card.reasons or card.cautions):
        return ""
    good, mind = icon("check", label=_("For you")), ""
    if card.cautions:
        mind = icon("triangle-alert", label=_("Mind this"))
    lines = [
        *(("is-good", good, text) for text in card.reasons),
        *(("is-caution", mind, text) for text in card.cautions),
    ]
    drawn = "".join(
        f'<li class="{css}">{mark}<span>{_text(text)}</span></li>'
        for css, mark, text in lines
    )
    return f'<ul class="why">{drawn}</ul>'
