from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.i18n import set_language as set_cookie

from accounts.identity.services import accounts


@login_not_required
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language on the device, and on the account for its messages."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        accounts.choose_language(user=request.user, language=chosen)
    return set_cookie(request)
