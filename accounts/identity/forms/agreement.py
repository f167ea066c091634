from __future__ import annotations

from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts.lib.templatetags.ui import link_if


def _agreement() -> SafeString:
    terms = link_if("terms", gettext("terms of use")) or gettext("terms of use")
    privacy = link_if("privacy", gettext("privacy notice")) or gettext("privacy notice")
    return format_html(gettext("I agree to the {} and the {}."), terms, privacy)


# With links to both texts, in the reader's language.
agreement = lazy(_agreement, str)
