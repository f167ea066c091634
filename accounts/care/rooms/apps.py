from __future__ import annotations

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "accounts.care.rooms"
    label = "accounts_care_rooms"

    def ready(self) -> None:
        from accounts.care.cases.registry import add_panel
        from accounts.care.rooms import demo, holdings, panels
        from accounts.care.rooms.services import rooms, transcripts
        from accounts.care.rooms.words import WORDS
        from accounts.care.scheduling.registry import follow_appointments
        from accounts.care.vault.enums import Scope
        from accounts.care.vault.registry import (
            add_part,
            describe_access,
            when_revoked,
        )
        from accounts.lib.demo import add_to_demo
        from accounts.lib.health import add_retention

        add_part(holdings.PART)
        describe_access(WORDS)
        follow_appointments(rooms.follow)
        when_revoked([Scope.TRANSCRIPT], transcripts.unkeep)
        add_retention(holdings.FORGETTING)
        add_panel(panels.JOB_HELP)
        add_to_demo("6-rooms", demo.fill)
