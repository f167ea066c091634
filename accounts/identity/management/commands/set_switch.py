from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.identity.enums import SwitchState
from accounts.identity.models import FeatureSwitch
from accounts.identity.services.switches import change_switch
from accounts.identity.switches import SWITCHES


class Command(BaseCommand):
    help = "Set a switch of the site to on or off, for when no page can be opened."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(SWITCHES))
        parser.add_argument("state", choices=[SwitchState.ON, SwitchState.OFF])
        parser.add_argument("--note", required=True, help="why; colleagues read it")

    def handle(self, *_args: Any, name: str, state: str, note: str, **_: Any) -> None:
        versions = FeatureSwitch.objects.filter(name=name).values_list("version")
        ((version,),) = versions or [(0,)]
        change_switch(
            name=name,
            state=SwitchState(state),
            actor=None,
            note=note[:200],
            version=version,
        )
        self.stdout.write(f"{name} is {state}.")
