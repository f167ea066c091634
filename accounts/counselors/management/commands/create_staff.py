from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.counselors.enums import Scope
from accounts.counselors.services.profiles import invite_counselor
from accounts.identity.enums import SECOND_FACTOR_KINDS, Kind
from accounts.identity.services.accounts import ContactTaken, create_staff


class Command(BaseCommand):
    help = "Invite a counselor, moderator or operator by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(SECOND_FACTOR_KINDS))
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="how others see them")
        parser.add_argument(
            "--scope",
            choices=Scope.values,
            help="what a counselor helps with, as their papers say",
        )
        parser.add_argument("--credential", default="", help="the paper's name")
        parser.add_argument("--language", default="zh-hans")

    def handle(self, *_args: Any, **options: Any) -> None:
        _check(options)
        try:
            _invite(options)
        except ContactTaken as error:
            raise CommandError(f"There is already an account with {error}.") from error
        self.stdout.write("Invited. They sign in by code and set up a second step.")


def _check(options: dict[str, Any]) -> None:
    try:
        validate_email(options["email"])
    except ValidationError as error:
        raise CommandError("This is not an e-mail address.") from error
    if options["kind"] == Kind.COUNSELOR and not (options["scope"] and options["name"]):
        raise CommandError("A counselor needs --scope and --name.")


def _invite(options: dict[str, Any]) -> None:
    common = {name: options[name] for name in ("email", "name", "language")}
    if options["kind"] == Kind.COUNSELOR:
        invite_counselor(
            scope=Scope(options["scope"]), credential=options["credential"], **common
        )
    else:
        create_staff(kind=options["kind"], **common)
