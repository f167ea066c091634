from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.identity.models import OutboxMessage
from jobs.applications import access
from jobs.applications.enums import ContactChannel, Side
from jobs.applications.models import Application, ContactStop, Message
from jobs.applications.services import contact
from jobs.applications.services.messages import MessageRefused, read_messages
from jobs.applications.services.parties import NotInvolved
from tests.cast import Cast
from tests.jobs.applications.clock import shanghai
from tests.jobs.applications.make_contact import received, say, second


@pytest.fixture
def application(cast: Cast) -> Application:
    return received(cast)


def refused(
    application: Application, actor: object, clock: str = "12:00", **kw: str
) -> str:
    with pytest.raises(MessageRefused) as caught:
        say(application, actor, now=shanghai(clock), **kw)  # type: ignore[arg-type]
    return caught.value.reason.value


def notices(email: str) -> list[OutboxMessage]:
    return list(
        OutboxMessage.objects.filter(
            user__email=email, template="applications/message"
        ).order_by("pk")
    )


def test_both_sides_write(cast: Cast, application: Application) -> None:
    say(application, cast.employer, now=shanghai("12:00"))
    say(application, cast.seeker.user, "可以的。", now=shanghai("12:05"))
    sides = application.messages.order_by("pk").values_list("side", flat=True)
    assert list(sides) == ["employer", "seeker"]


def test_strangers_do_not(cast: Cast, application: Application) -> None:
    for stranger in (cast.other_employer, cast.other_seeker.user, cast.moderator):
        with pytest.raises(NotInvolved):
            say(application, stranger)
    assert not Message.objects.exists()


def test_words_of_the_night_arrive_at_eight(
    cast: Cast, application: Application
) -> None:
    message = say(application, cast.employer, now=shanghai("23:00"))
    assert message.visible_at == shanghai("08:00", days=1)
    assert notices("seeker@example.com")[0].due_at == message.visible_at
    before = message.visible_at - timedelta(seconds=1)
    assert not access.thread_of(application, Side.SEEKER, now=before)
    assert list(access.thread_of(application, Side.EMPLOYER, now=before)) == [message]
    assert list(access.thread_of(application, Side.SEEKER, now=message.visible_at))


def test_a_seeker_writes_at_any_hour(cast: Cast, application: Application) -> None:
    message = say(application, cast.seeker.user, now=shanghai("23:00"))
    assert message.visible_at == message.sent_at


def test_a_fourth_waits_for_an_answer(cast: Cast, application: Application) -> None:
    """Across colleagues and applications of one organisation."""
    for actor in (cast.employer, cast.colleague, cast.employer):
        say(application, actor, now=shanghai("09:00"))
    assert refused(application, cast.colleague) == "wait"
    assert refused(second(cast), cast.employer) == "wait"
    say(application, cast.seeker.user, now=shanghai("12:01"))
    assert say(application, cast.employer, now=shanghai("12:02")).pk


def test_the_next_day_is_a_new_one(cast: Cast, application: Application) -> None:
    """What is written at night counts for the day on which it arrives."""
    for _nr in range(3):
        say(application, cast.employer, now=shanghai("21:00"))
    assert refused(application, cast.employer, "21:30") == "wait"
    for clock in ("22:30", "23:00", "23:30"):
        say(application, cast.employer, now=shanghai(clock))
    assert refused(application, cast.employer, "23:40") == "wait"


def test_a_seeker_writes_twenty_times_an_hour(
    cast: Cast, application: Application
) -> None:
    """In each application for itself; the lines of the other side do not count."""
    now = shanghai("12:00")
    say(application, cast.employer, now=now)
    for nr in range(20):
        say(application, cast.seeker.user, now=now + timedelta(minutes=nr))
    assert refused(application, cast.seeker.user, "12:59") == "too_many"
    assert application.messages.filter(side="seeker").count() == 20
    assert say(second(cast), cast.seeker.user, now=shanghai("12:59")).pk
    assert say(application, cast.employer, now=shanghai("12:59")).pk
    assert say(application, cast.seeker.user, now=shanghai("13:00")).pk
    assert refused(application, cast.seeker.user, "13:00") == "too_many"


def test_after_a_stop_only_the_steps_remain(
    cast: Cast, application: Application
) -> None:
    contact.stop_contact(
        application=application, actor=cast.seeker.user, channel=ContactChannel.MESSAGE
    )
    assert refused(application, cast.employer) == "stopped"
    assert refused(second(cast), cast.colleague) == "stopped"


def test_a_stop_of_calls_leaves_messages(cast: Cast, application: Application) -> None:
    contact.stop_contact(
        application=application, actor=cast.seeker.user, channel=ContactChannel.PHONE
    )
    assert say(application, cast.employer).pk


def test_whoever_writes_again_gets_answers_again(
    cast: Cast, application: Application
) -> None:
    contact.stop_contact(
        application=application, actor=cast.seeker.user, channel=ContactChannel.MESSAGE
    )
    say(application, cast.seeker.user)
    assert say(application, cast.employer).pk
    active = ContactStop.objects.filter(lifted_at__isnull=True)
    assert active.get().channel == "phone"


@pytest.mark.parametrize("state", ["declined", "withdrawn", "no_response", "hired"])
def test_an_ended_application_is_only_read(cast: Cast, state: str) -> None:
    application = received(cast, state=state)
    assert refused(application, cast.employer) == "ended"
    assert refused(application, cast.seeker.user) == "ended"


def test_a_posting_taken_down_has_no_more_talk(
    cast: Cast, application: Application
) -> None:
    type(application.posting).objects.update(state="removed")
    assert refused(application, cast.employer) == "taken_down"


def test_a_refused_message_leaves_nothing(cast: Cast, application: Application) -> None:
    assert refused(application, cast.employer, text="打 13800138000") == "contact"
    assert not Message.objects.exists()
    assert not notices("seeker@example.com")


def test_the_seeker_may_name_their_own_number(
    cast: Cast, application: Application
) -> None:
    assert say(application, cast.seeker.user, "我的号码 13900139000").body.endswith(
        "000"
    )


def test_five_messages_make_one_notice(cast: Cast, application: Application) -> None:
    for _nr in range(5):
        say(application, cast.seeker.user)
    assert len(notices("hr@example.com")) == 1
    assert len(notices("colleague@example.com")) == 1


def test_after_reading_the_next_one_is_news_again(
    cast: Cast, application: Application
) -> None:
    now = shanghai("12:00")
    say(application, cast.employer, now=now)
    assert read_messages(application=application, actor=cast.seeker.user, now=now) == 1
    say(application, cast.employer, now=now)
    assert len(notices("seeker@example.com")) == 2


def test_a_notice_holds_no_word_of_it(cast: Cast, application: Application) -> None:
    say(application, cast.employer, "周五下午三点，示例路1号", now=shanghai("12:00"))
    (notice,) = notices("seeker@example.com")
    assert "示例路" not in notice.subject + notice.body
    assert application.posting.title not in notice.subject + notice.body


def test_reading_is_noted_once_and_only_for_the_other_side(
    cast: Cast, application: Application
) -> None:
    now = shanghai("12:00")
    message = say(application, cast.employer, now=now)
    assert read_messages(application=application, actor=cast.colleague, now=now) == 0
    assert read_messages(application=application, actor=cast.seeker.user, now=now) == 1
    later = now + timedelta(hours=1)
    assert (
        read_messages(application=application, actor=cast.seeker.user, now=later) == 0
    )
    message.refresh_from_db()
    assert message.read_at == now


def test_unread_is_counted_row_by_row(cast: Cast, application: Application) -> None:
    now = shanghai("12:00")
    second(cast)
    for _nr in range(2):
        say(application, cast.employer, now=now)
    rows = access.with_unread(
        access.applications_of(cast.seeker.user), Side.SEEKER, now=now
    )
    assert sorted(getattr(row, "unread") for row in rows) == [0, 2]  # noqa: B009
