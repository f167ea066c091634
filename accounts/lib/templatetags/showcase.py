from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_block_tag
def sample(content: str, title: str, slug: str) -> SafeString:
    """A component as it looks, with its markup folded away below."""
    lines = (line.rstrip() for line in str(content).splitlines())
    source = "\n".join(line for line in lines if line)
    return format_html(
        '<section class="stack" id="{}"><h2>{}</h2>{}<details class="disclosure">'
        '<summary>{}</summary><pre tabindex="0"><code>{}</code></pre></details></section>',
        slug,
        title,
        content,
        _("Markup"),
        source,
    )
