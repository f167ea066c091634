"""The database as operators may read it, at /operations/admin/ and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _, gettext_noop
from django.views.decorators.cache import never_cache
from unfold.sites import UnfoldAdminSite

from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.audit import record_event

# The theme draws with styles in its markup and reads expressions there. Scripts in the
# markup stay forbidden, as does everything from elsewhere.
MORE = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}
View = Callable[..., HttpResponseBase]
# The areas of the code, in words.
AREAS = {
    "accounts_employers": _("Organisations"),
    "accounts_identity": _("Messages and switches"),
    "jobs_matching": _("Matching"),
    "jobs_operations": _("Tasks"),
    "jobs_postings": _("Postings"),
    "jobs_screening": _("Rules and measures"),
    "jobs_search": _("Search"),
}
# The theme has no Chinese of its own: named here, they are in our catalogues.
ITS_WORDS = (
    gettext_noop("Type to search"),
    gettext_noop("Filters"),
    gettext_noop("Search apps and models..."),
    gettext_noop("Apply Filters"),
    gettext_noop("Reset filters"),
    gettext_noop("System"),
    gettext_noop("Light"),
    gettext_noop("Dark"),
    gettext_noop("Unknown"),
    gettext_noop("No results found"),
    gettext_noop("No results matching your query"),
    gettext_noop(
        "This page yielded into no results. Create a new item or reset your filters."
    ),
)


class OperationsSite(UnfoldAdminSite):  # type: ignore[misc]
    site_title = site_header = _("Database")
    index_title = _("Tables that may be read here")

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and user.is_active and user.kind == Kind.OPERATOR

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002
        """404 for everybody else; every page leaves a line in the trail.

        `cacheable` is the library's word for what is no page: words for its scripts.
        """

        @csp_update(MORE)
        @never_cache
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not self.has_permission(request):
                raise Http404
            if not cacheable:
                _note(request)
            return view(request, *args, **kwargs)

        return checked

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Signing in is the site's own, with its second step."""
        del request, extra_context
        raise Http404

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        del request, extra_context
        return redirect("account_logout")

    def password_change(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        del request, extra_context
        return redirect("identity:account")


def _note(request: HttpRequest) -> None:
    match, user = request.resolver_match, request.user
    assert isinstance(user, User)
    record_event(
        action="operations.admin_opened",
        actor=user,
        detail={
            "page": (match.url_name or "") if match else "",
            "object": str(match.kwargs.get("object_id", ""))[:40] if match else "",
        },
    )


site = OperationsSite(name="admin")
# Nothing is deleted here, one by one or many at once.
site.disable_action("delete_selected")
