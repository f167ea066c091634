from __future__ import annotations

from django.apps import AppConfig


class CounselorsConfig(AppConfig):
    name = "accounts.counselors"
    label = "accounts_counselors"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts.identity.registry import describe_actions

        describe_actions({"counselors.profile_edited": _("Counselor page changed")})
