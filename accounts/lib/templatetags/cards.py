from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from accounts.lib.cards import CardShown, drawn_card

register = template.Library()


@register.simple_tag
def posting_card(card: CardShown) -> SafeString:
    """A posting in a list."""
    return drawn_card(card, getattr(card, "title_parts", ()))
