"""A kind, fictional story: 郑以恒 writes about two talks with 阿舟."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.care.cases.services.cases import ensure_case
from accounts.care.notes.enums import ChangeReason, Outcome
from accounts.care.notes.models import SessionNote
from accounts.care.notes.services import notes, reflections, reviews, summaries
from accounts.care.vault.access import has_role
from accounts.care.vault.enums import Role
from accounts.care.vault.models import TeamRole
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import local_day
from accounts.seekers.models import SeekerProfile

SEEKER, COUNSELOR, LEAD = "阿舟", "郑以恒", "颜知秋"
FIRST = {
    "data": "说以前每天打两百多个电话，最难受的是「听见铃声就心慌」。裁员后在家十天，白天睡，晚上醒着。",
    "reading": "作息乱了，和以前的同事也断了联系。说到修电脑的时候声音亮起来，手上是有活儿的。",
    "next": "这周先把起床时间定在八点，写下三件做过的好事。下周二再谈。",
}
FIRST_AGAIN = FIRST | {
    "next": "这周先把起床时间定在八点，写下三件做过的好事。他自己提出再给老同事发一条消息。下周二再谈。"
}
SECOND = {
    "data": "八点起床做到了五天。说「这次面试没提催收两个字，也没撒谎」。收到一家客服的面试通知，担心被问以前的工作。",
    "reading": "说法比上次稳。担心主要在被追问的那一分钟，练过两遍后语速慢下来了。",
    "next": "把三句话的说法打印出来带着。面试后给自己留一个晚上休息，周五在这里写几句。",
}
DRAFT = {"data": "电话里说面试过了第一轮，声音很轻松。", "reading": "", "next": ""}
THOUGHT = "他讲铃声的时候我想起自己做窗口的那几年。下次别急着给办法，多等几秒。"
QUESTION = "我是不是给建议太快了？第二段想听听你的看法。"
REMARK = "写得具体，也没有替他下结论。建议可以再少一条，让他自己先说。"
SUMMARY = (
    "我们谈了两次。你说了电话铃声带来的心慌，也说了修电脑让你踏实。\n\n"
    "你做到的：连着五天八点起床，把以前的工作用三句话讲清楚，没有撒谎。\n\n"
    "我们约好的：面试后留一个晚上给自己，周五在这里写几句。"
)


@behind_the_wall()
def fill(now: datetime) -> None:
    seeker = SeekerProfile.objects.filter(pseudonym=SEEKER).first()
    counselor = CounselorProfile.objects.filter(name=COUNSELOR).first()
    if seeker is None or counselor is None:
        return
    subject = ensure_subject(user=seeker.user)
    case = ensure_case(subject=subject, counselor=counselor)
    if case.counselor_id != counselor.pk:
        return

    def written(days: int, fields: dict[str, str]) -> SessionNote:
        day = local_day(now - timedelta(days=days))
        note = notes.begin(case=case, author=counselor, happened_on=day)
        notes.keep(note=note, fields=fields, revision=note.revision, window="demo")
        return note

    first = written(9, FIRST)
    notes.sign(note=first, now=now - timedelta(days=9))
    changing = notes.change(note=first)
    notes.keep(
        note=first, fields=FIRST_AGAIN, revision=changing.revision, window="demo"
    )
    notes.sign(note=first, reason=ChangeReason.ADDED, now=now - timedelta(days=8))
    second = written(2, SECOND)
    notes.sign(note=second, now=now - timedelta(days=2))
    written(0, DRAFT)
    reflections.write(case=case, author=counselor, text=THOUGHT)
    summaries.give(summary=summaries.ask(case=case), counselor=counselor, text=SUMMARY)
    _supervise(first)


def _supervise(note: SessionNote) -> None:
    lead = CounselorProfile.objects.filter(name=LEAD).first()
    if lead is None:
        return
    if not has_role(lead, Role.SUPERVISOR):
        TeamRole.objects.create(counselor=lead, role=Role.SUPERVISOR)
    review = reviews.put_forward(note=note, question=QUESTION)
    reviews.open_review(review=review, supervisor=lead, reason="同事请我一起看看")
    reviews.decide(review=review, supervisor=lead, outcome=Outcome.HINT, remark=REMARK)
