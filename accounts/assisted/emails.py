from __future__ import annotations

from accounts.assisted import access
from accounts.assisted.models import AssistedProfile, ProfileGrant, ProfileProposal
from accounts.counselors.models import CounselorProfile
from accounts.identity.emails import page
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message
from accounts.lib.dates import today


def key_of(draft: AssistedProfile) -> str:
    return f"assisted:{draft.public_id}"


def link_of(draft: AssistedProfile) -> str:
    return page("assisted:for_you", token=access.person_token(draft))


def ask_person(draft: AssistedProfile) -> None:
    queue_message(
        user=None,
        address=draft.contact,
        template="assisted/begun",
        context={"link": link_of(draft), "until": draft.expires_at},
        dedupe_key=key_of(draft),
        expires_at=draft.expires_at,
    )


def tell_holder(user: User) -> None:
    """Somebody named this address; it has an account, and nothing was done. Once a day."""
    queue_message(
        user=user,
        template="assisted/already_here",
        context={"link": page("account_request_login_code")},
        dedupe_key=f"assisted-known:{user.public_id}:{today():%Y%m%d}",
    )


def tell_counselor(draft: AssistedProfile) -> None:
    """The same words whether it was taken over, refused or ran out."""
    queue_message(
        user=draft.sender.user,
        template="assisted/closed",
        context={"link": page("assisted:mine")},
        dedupe_key=f"assisted-closed:{draft.public_id}",
    )


def tell_moderators(counselor: CounselorProfile, number: int) -> None:
    link = page("counselors:check", public_id=counselor.public_id)
    for moderator in User.objects.filter(kind=Kind.MODERATOR, is_active=True):
        queue_message(
            user=moderator,
            template="assisted/look",
            context={"link": link},
            dedupe_key=f"assisted-look:{counselor.pk}:{number}:{moderator.pk}",
        )


def tell_asked(grant: ProfileGrant) -> None:
    """Somebody lets them read; who it is stands behind the sign-in."""
    queue_message(
        user=grant.counselor.user,
        template="assisted/asked",
        context={"link": page("assisted:mine")},
        dedupe_key=f"assisted-asked:{grant.public_id}",
    )


def key_of_changes(proposal: ProfileProposal) -> str:
    return f"assisted-changes:{proposal.public_id}"


def ask_about_changes(proposal: ProfileProposal) -> None:
    queue_message(
        user=proposal.grant.seeker.user,
        template="assisted/changes",
        context={
            "link": page("assisted:proposal", public_id=proposal.public_id),
            "until": proposal.expires_at,
        },
        dedupe_key=key_of_changes(proposal),
        expires_at=proposal.expires_at,
    )
