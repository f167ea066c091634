"""What a report of an error may show: nothing that somebody typed or that care held."""

from __future__ import annotations

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

PAGES = ("/care/", "/check-in/", "/help/plan/")
CODE = ("accounts.care.", "accounts.wellbeing.")


class WithoutCare(SafeExceptionReporterFilter):
    """Hides forms sent to those pages and the variables of that code, always.

    Django's own hides what a view names, and only where debugging is off.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        if request is not None and request.path.startswith(PAGES):
            return dict.fromkeys(request.POST, self.cleansed_substitute)
        return super().get_post_parameters(request)

    def get_traceback_frame_variables(self, request: Any, tb_frame: FrameType) -> Any:
        if str(tb_frame.f_globals.get("__name__", "")).startswith(CODE):
            return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
        return super().get_traceback_frame_variables(request, tb_frame)
