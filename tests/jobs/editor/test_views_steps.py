from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.identity.models import AuditEvent
from jobs.editor.models import EditorDraft
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.editor.make import answers_on, begin, change, keep
from tests.jobs.screening.make import make_draft
from tests.make import make_posting, sign_in
from tests.words import says

LIST = "13812345678 张三 欠款 3000\n13912345679 李四 欠款 5000"


def at(posting: Posting, step: str, act: str = "") -> str:
    url = reverse("editor:step", args=[posting.public_id, step])
    return f"{url}{act}/" if act else url


@pytest.fixture
def employer(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.employer)
    return client


@pytest.fixture
def draft(cast: Cast) -> Posting:
    return begin(cast.employer, cast.organization)


def test_five_pages_make_a_posting_that_is_sent_in(
    employer: Client, cast: Cast
) -> None:
    employer.post("/editor/", {"title": "热线客服"})
    posting = Posting.objects.get()
    for step, then in (
        ("work", "pay"),
        ("pay", "hours"),
        ("hours", "conduct"),
        ("conduct", "look"),
    ):
        posting.refresh_from_db()
        answers = answers_on(step, version=str(posting.version))
        page = employer.post(at(posting, step), answers)
        assert page["Location"] == at(posting, then)
    posting.refresh_from_db()
    assert (posting.pay_min, posting.hangup_right, posting.district) == (
        5000,
        True,
        "浦东新区",
    )
    look = employer.get(at(posting, "look"))
    assert look.context["progress"].is_ready
    send = reverse("editor:send", args=[posting.public_id])
    employer.post(send, {"version": str(posting.version)})
    posting.refresh_from_db()
    assert posting.state == "in_review"


def test_what_is_missing_is_listed_with_its_page(
    employer: Client, draft: Posting
) -> None:
    page = employer.get(at(draft, "look")).content.decode()
    for step, anchor in (
        ("work", "id_headcount"),
        ("pay", "id_base_salary_0"),
        ("hours", "id_shift"),
        ("conduct", "id_channel"),
    ):
        assert f"{at(draft, step)}#{anchor}" in page
    employer.post(reverse("editor:send", args=[draft.public_id]), {"version": "1"})
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_wrong_input_keeps_what_was_typed(employer: Client, draft: Posting) -> None:
    wrong = answers_on("pay", base_salary_0="9000", base_salary_1="100")
    page = employer.post(at(draft, "pay"), wrong)
    assert page.context["form"].has_error("base_salary")
    assert 'value="9000"' in page.content.decode()
    draft.refresh_from_db()
    assert draft.pay_day is None


def test_jumping_off_a_page_with_a_mistake_loses_nothing(
    employer: Client, draft: Posting
) -> None:
    wrong = answers_on("pay", base_salary_0="9000", base_salary_1="100", go="conduct")
    page = employer.post(at(draft, "pay"), wrong)
    assert page["Location"] == at(draft, "conduct")
    row = EditorDraft.objects.get()
    assert (row.step, row.content["base_salary_0"]) == ("pay", ["9000"])
    back = employer.get(at(draft, "pay"))
    assert back.context["offer"] == row
    taken = employer.get(at(draft, "pay") + "?take=1").content.decode()
    assert 'value="9000"' in taken


def test_jumping_off_a_good_page_saves_it(employer: Client, draft: Posting) -> None:
    page = employer.post(at(draft, "pay"), answers_on("pay", go="work"))
    assert page["Location"] == at(draft, "work")
    draft.refresh_from_db()
    assert draft.pay_max == 6500
    assert not EditorDraft.objects.exists()


def test_a_made_up_page_to_go_to_is_the_next_one(
    employer: Client, draft: Posting
) -> None:
    page = employer.post(at(draft, "work"), answers_on("work", go="https://x.cn"))
    assert page["Location"] == at(draft, "pay")


def test_a_page_writes_its_own_fields_only(employer: Client, cast: Cast) -> None:
    posting = make_draft(
        cast.organization,
        example_base=4800,
        example_variable=300,
        example_deductions=0,
    )
    other = answers_on("work") | {"pay_0": "1", "pay_1": "2", "channel": "field"}
    employer.post(at(posting, "work"), other)
    posting.refresh_from_db()
    assert (posting.title, posting.channel) == ("热线客服", "inbound_phone")
    assert (posting.pay_min, posting.example_variable) == (5000, 300)


def test_saving_the_same_again_is_no_new_version(
    employer: Client, draft: Posting
) -> None:
    for version in ("1", "2", "2"):
        employer.post(at(draft, "hours"), answers_on("hours", version=version))
    draft.refresh_from_db()
    assert draft.version == 2
    assert draft.revisions.count() == 2


def test_two_people_on_two_pages_do_not_meet(
    employer: Client, cast: Cast, draft: Posting
) -> None:
    change(draft, cast.colleague, pay_day=15, district="静安区")
    page = employer.post(at(draft, "work"), answers_on("work", version="1"))
    assert page.status_code == 302
    draft.refresh_from_db()
    assert (draft.district, draft.headcount) == ("静安区", 3)


def test_the_same_changed_by_both_is_told_with_both_texts(
    employer: Client, cast: Cast, draft: Posting
) -> None:
    cast.colleague.display_name = "苏敏"
    cast.colleague.save()
    change(draft, cast.colleague, title="苏敏写的标题")
    page = employer.post(at(draft, "work"), answers_on("work", title="我写的标题"))
    text = page.content.decode()
    assert page.context["form"].non_field_errors()
    assert [(row.theirs, row.mine) for row in page.context["clash"].rows] == [
        ("苏敏写的标题", "我写的标题")
    ]
    assert "苏敏" in text
    assert 'value="我写的标题"' in text
    assert 'name="version" value="2"' in text
    again = answers_on("work", title="我们商量好的标题", version="2")
    assert employer.post(at(draft, "work"), again).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "我们商量好的标题"


def test_what_is_typed_is_kept_and_offered(employer: Client, draft: Posting) -> None:
    typed = answers_on("work", title="没写完的标")
    told = employer.post(at(draft, "work", "keep"), typed).json()["told"]
    assert told
    row = EditorDraft.objects.get()
    assert (row.based_on, row.content["title"]) == (1, ["没写完的标"])
    page = employer.get(at(draft, "work"))
    assert says(page, "Yes, take it up")
    assert "没写完的标" not in page.content.decode()
    taken = employer.get(at(draft, "work") + "?take=1")
    assert 'value="没写完的标"' in taken.content.decode()
    assert not taken.context["form"].errors
    employer.post(reverse("editor:drop", args=[draft.public_id]), {"step": "work"})
    assert not EditorDraft.objects.exists()


def test_an_unchanged_page_keeps_nothing(employer: Client, cast: Cast) -> None:
    posting = make_draft(cast.organization)
    page = employer.get(at(posting, "hours"))
    form = page.context["form"]
    same = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() not in (None, "")
    }
    employer.post(at(posting, "hours", "keep"), same | {"version": "1"})
    assert not EditorDraft.objects.exists()
    employer.post(at(posting, "hours", "keep"), same | {"street": "新路1号"})
    employer.post(at(posting, "hours", "keep"), same | {"version": "1"})
    assert not EditorDraft.objects.exists()


def test_saving_lets_go_of_what_was_kept(employer: Client, draft: Posting) -> None:
    employer.post(at(draft, "work", "keep"), answers_on("work", title="甲"))
    employer.post(at(draft, "work"), answers_on("work", title="乙"))
    assert not EditorDraft.objects.exists()


def test_other_peoples_data_is_not_kept_for_a_minute(
    employer: Client, draft: Posting
) -> None:
    typed = answers_on("work", responsibilities="身份证 11010519491231002X 的张三")
    employer.post(at(draft, "work", "keep"), typed)
    row = EditorDraft.objects.get()
    assert "11010519491231002X" not in str(row.content)
    assert row.content["title"] == ["热线客服"]


def test_typing_other_peoples_data_is_noted_once_saved(
    employer: Client, draft: Posting
) -> None:
    typed = answers_on("work", responsibilities="身份证 11010519491231002X 的张三")
    page = employer.post(at(draft, "work"), typed)
    assert page.context["form"].has_error("responsibilities")
    assert AuditEvent.objects.filter(action="guard.debtor_data").exists()


def test_too_much_is_not_kept_and_it_is_said(employer: Client, draft: Posting) -> None:
    typed = answers_on("work", responsibilities="长" * 30_000)
    told = employer.post(at(draft, "work", "keep"), typed).json()["told"]
    assert "太长" in told
    assert not EditorDraft.objects.exists()


def test_a_colleagues_newer_text_is_shown_beside_what_was_kept(
    employer: Client, cast: Cast, draft: Posting
) -> None:
    keep(draft, cast.employer, title="我写到一半")
    change(draft, cast.colleague, title="同事保存的")
    page = employer.get(at(draft, "work"))
    (row,) = page.context["clash"].rows
    assert (row.theirs, row.mine) == ("同事保存的", "我写到一半")


def test_the_lint_speaks_of_this_page_only(employer: Client, cast: Cast) -> None:
    posting = make_draft(cast.organization, weekly_hours=70, qualifications="限男性")
    typed = answers_on("work", qualifications="年满18周岁，限女性。")
    page = employer.post(at(posting, "work", "lint"), typed).content.decode()
    assert "限女性" in page
    assert "id_weekly_hours" not in page
    hours = answers_on("hours", weekly_hours="70")
    page = employer.post(at(posting, "hours", "lint"), hours).content.decode()
    assert "id_weekly_hours" in page
    assert "限男性" not in page
    posting.refresh_from_db()
    assert posting.qualifications == "限男性"


def test_blanks_of_a_template_keep_it_from_being_sent(
    employer: Client, cast: Cast
) -> None:
    posting = make_draft(cast.organization, incentive_text="每月【填：多少】元")
    url = reverse("editor:send", args=[posting.public_id])
    employer.post(url, {"version": "1"})
    posting.refresh_from_db()
    assert posting.state == "draft"


def test_a_stale_look_sends_nothing(
    employer: Client, cast: Cast, draft: Posting
) -> None:
    posting = make_draft(cast.organization, version=4)
    url = reverse("editor:send", args=[posting.public_id])
    page = employer.post(url, {"version": "3"}, follow=True)
    assert [m.level_tag for m in page.context["messages"]] == ["error"]
    posting.refresh_from_db()
    assert posting.state == "draft"
    employer.post(url, {"version": "4"})
    posting.refresh_from_db()
    assert posting.state == "in_review"


def test_an_unchecked_employer_is_told_before_sending(
    employer: Client, cast: Cast
) -> None:
    posting = make_draft(cast.organization)
    cast.organization.verification = "expired"
    cast.organization.save()
    page = employer.get(at(posting, "look")).content.decode()
    assert reverse("editor:send", args=[posting.public_id]) not in page
    assert says(page, "Your organisation is not checked yet")


def test_the_preview_and_the_public_page_show_the_same(
    employer: Client, cast: Cast
) -> None:
    posting = make_posting(
        cast.organization,
        example_base=4800,
        example_variable=600,
        example_deductions=0,
        incentive_text="绩效看质检",
    )
    seen = Client().get(f"/jobs/{posting.public_id}/").context["sections"]
    url = reverse("editor:preview", args=[posting.public_id])
    for width in ("phone", "wide", "x"):
        page = employer.get(url, {"width": width})
        assert page.context["sections"] == seen
        assert page.context["width"] in {"phone", "wide"}
        assert "底薪 4800 + 浮动 600 − 扣款 0 = 5400 元" in page.content.decode()


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("07:00", "18:00", "不能早于 8:00"),
        ("09:00", "22:30", "不能晚于 22:00"),
        ("09:00", "23:30", "不能晚于 22:00"),
    ],
)
def test_nobody_is_called_at_night(
    employer: Client, draft: Posting, start: str, end: str, words: str
) -> None:
    """Whatever the work is: seekers would read these hours on the posting."""
    answers = answers_on("conduct", version=str(draft.version))
    answers |= {"call_window_start": start, "call_window_end": end}
    page = employer.post(at(draft, "conduct"), answers).content.decode()
    assert words in page
    assert f'value="{start}"' in page
    assert f'value="{end}"' in page
    draft.refresh_from_db()
    assert draft.call_window_end is None
