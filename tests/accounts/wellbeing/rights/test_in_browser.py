"""The tools as people use them: on a phone, with and without scripts, unseen by us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from accounts.wellbeing.rights import forms
from accounts.wellbeing.rights.texts import words
from tests.accounts.wellbeing.rights.conftest import SITE, serve_site
from tests.browser import is_too_wide, new_person, violations

pytestmark = pytest.mark.browser

PHONE = 360
STORED = """async () => ({
  local: { ...localStorage },
  session: { ...sessionStorage },
  databases: (await indexedDB.databases()).length,
  address: location.href,
  steps: history.length,
  state: history.state,
})"""


@contextmanager
def open_page(browser: Browser, path: str, *, script: bool = True) -> Iterator[Page]:
    person = new_person(browser, SITE, width=PHONE, language="zh-hans", script=script)
    page = person.new_page()
    page.route("**/*", serve_site)
    page.goto(path, wait_until="networkidle")
    yield page
    person.close()


@contextmanager
def unseen(page: Page) -> Iterator[None]:
    """From here on nothing may be requested, stored or put into the address."""
    requests: list[Request] = []

    def note(request: Request) -> None:
        requests.append(request)

    page.on("request", note)
    before = page.evaluate(STORED)
    cookies = page.context.cookies()
    yield
    assert [request.url for request in requests] == []
    assert page.evaluate(STORED) == before
    assert page.context.cookies() == cookies
    assert before["local"] == before["session"] == {}
    assert before["databases"] == 0


def answer(page: Page, answers: dict[str, str]) -> None:
    texts = words("zh_hans", "exposure")
    page.get_by_role("button", name=texts["begin"]).click()
    for name in forms.PRACTICES:
        value = answers.get(name, "no")
        page.locator(f'[name="{name}"][value="{value}"]').check()
        last = name == list(forms.PRACTICES)[-1]
        page.get_by_role("button", name=texts["finish" if last else "forward"]).click()


def shown_practices(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "[data-practice]",
        "all => all.filter((one) => one.checkVisibility())"
        ".map((one) => one.dataset.practice)",
    )
    return found


def test_the_orientation_asks_explains_and_tells_nobody(browser: Browser) -> None:
    texts = words("zh_hans", "exposure")
    with open_page(browser, "/rights/exposure/") as page:
        with unseen(page):
            assert shown_practices(page) == []
            answer(page, {"threats": "yes", "data_kept": "unsure"})
            assert shown_practices(page) == ["threats", "data_kept"]
            expect(page.get_by_text(texts["heading_some"])).to_be_visible()
            assert not is_too_wide(page, PHONE)
            page.get_by_role("button", name=texts["again"]).click()
            answer(page, {"cards": "unsure"})
            expect(page.get_by_text(texts["heading_unsure"])).to_be_visible()
            page.get_by_role("button", name=texts["again"]).click()
            answer(page, {})
            assert shown_practices(page) == []
            expect(page.get_by_text(texts["heading_none"])).to_be_visible()
        assert violations(page) == []
        page.reload()
        assert page.locator("input:checked").count() == 0
        expect(page.get_by_role("button", name=texts["begin"])).to_be_visible()


def test_a_question_has_to_be_answered_and_can_be_taken_back(browser: Browser) -> None:
    texts = words("zh_hans", "exposure")
    with open_page(browser, "/rights/exposure/") as page:
        page.get_by_role("button", name=texts["begin"]).click()
        page.get_by_role("button", name=texts["forward"]).click()
        expect(
            page.get_by_text(texts["choose"]).locator("visible=true")
        ).to_be_visible()
        assert violations(page) == []
        page.locator('[name="third_party"][value="yes"]').check()
        page.keyboard.press("Enter")
        expect(page.get_by_text(texts["practices"]["bombing"]["ask"])).to_be_visible()
        page.get_by_role("button", name=texts["back"]).click()
        assert page.locator('[name="third_party"][value="yes"]').is_checked()


def fill(page: Page, form: str, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        field = page.locator(f'form[data-calc="{form}"] [data-field="{name}"]')
        if field.locator("input[type=radio]").count():
            field.locator(f'[value="{value}"]').check()
        else:
            field.locator("input, textarea").fill(value)


def work_out(page: Page, form: str) -> str:
    name = words("zh_hans", "common")["calculate"]
    page.locator(f'form[data-calc="{form}"]').get_by_role("button", name=name).click()
    result = page.locator(f'form[data-calc="{form}"] + [data-result]')
    return result.inner_text() if result.is_visible() else ""


USED = [
    (
        "/rights/severance/",
        "severance",
        {
            "ended_by": "art40",
            "notice_given": "no",
            "started": "２０２１年３月１５日",
            "last_day": "2026.8.31",
            "wage_known": "average",
            "average_wage": "8,000",
            "last_month_wage": "8200元",
            "local_minimum": "2330",
            "local_average": "9500",
        },
        ["N+1：52200 元", "《劳动合同法》第 47 条第 1 款 · 2012-12-28 的文本"],
    ),
    (
        "/rights/severance/",
        "severance",
        {
            "ended_by": "unlawful",
            "started": "2024-01-08",
            "last_day": "2026-09-30",
            "wage_known": "monthly",
            "wages": "\n".join(["1900"] * 12),
            "local_minimum": "2330",
            "moved": "no",
        },
        ["2N：13980 元", "《劳动合同法》第 87 条"],
    ),
    (
        "/rights/unemployment/",
        "unemployment",
        {
            "paid_months": "72",
            "ended_by": "forced_resignation",
            "registered": "no",
            "months_left_from_before": "12",
        },
        ["先去登记，之后最长能领 24 个月", "没有读到原文"],
    ),
    (
        "/rights/wages/",
        "overtime",
        {"monthly_wage": "6000", "workday_hours": "10"},
        ["加班费至少 517.24 元", "《劳动法》第 44 条第 1 项"],
    ),
    (
        "/rights/wages/",
        "limitation",
        {"claim": "severance", "severance_from": "2028-02-29"},
        ["最晚 2029年2月28日", "别等最后一天"],
    ),
    (
        "/rights/noncompete/",
        "noncompete",
        {"role": "ordinary", "confidentiality_duty": "no"},
        ["管不住你", "第 24 条第 1 款"],
    ),
    (
        "/rights/noncompete/",
        "noncompete",
        {"role": "senior_manager", "agreed_months": "36", "agreed_pay": "2400"},
        ["可能管得住，最多 24 个月", "24 个月一共 57600 元"],
    ),
    (
        "/rights/noncompete/",
        "deposit",
        {"amounts": "1000\n300", "papers": "yes"},
        ["可以要回 1300 元", "500 元 到 2000 元"],
    ),
]


@pytest.mark.parametrize(
    ("path", "form", "facts", "said"), USED, ids=[row[1] for row in USED]
)
def test_a_sum_is_worked_out_on_the_phone_alone(
    browser: Browser,
    path: str,
    form: str,
    facts: dict[str, Any],
    said: list[str],
) -> None:
    with open_page(browser, path) as page:
        opener = page.locator(f"details#{form}:not([open]) > summary")
        if opener.count():
            opener.click()
        with unseen(page):
            fill(page, form, facts)
            text = work_out(page, form)
        for sentence in said:
            assert sentence in text
        assert "{" not in text
        assert "这不是法律意见" in text
        assert not is_too_wide(page, PHONE)
        assert violations(page) == []
        # A result that no longer fits what is typed goes away.
        fill(page, form, dict([list(facts.items())[-1]]))
        page.locator(f'form[data-calc="{form}"] [data-clear]').click()
        assert page.locator(f'form[data-calc="{form}"] + [data-result]').is_hidden()


WRONG = [
    ("started", "2023-02-30", "noday"),
    ("started", "上个月", "date"),
    ("last_day", "2019-01-01", "before"),
    ("average_wage", "-8000", "negative"),
    ("average_wage", "八千", "money"),
    ("average_wage", "", "empty"),
]


def test_bad_input_is_answered_beside_the_field(browser: Browser) -> None:
    errors = words("zh_hans", "common")["errors"]
    facts = dict(USED[1][2]) | {"wage_known": "average", "average_wage": "8000"}
    facts.pop("wages")
    with open_page(browser, "/rights/severance/") as page:
        for name, typed, reason in WRONG:
            fill(page, "severance", facts | {name: typed})
            assert work_out(page, "severance") == ""
            field = page.locator(f'[data-field="{name}"]')
            assert field.locator("[data-error]").inner_text() == errors[reason]
            assert field.locator("input").input_value() == typed
            assert field.locator("input").evaluate("e => e === document.activeElement")
        assert violations(page) == []
        fill(page, "severance", facts)
        assert "2N：" in work_out(page, "severance")


def test_a_claim_is_written_changed_and_saved_here(browser: Browser) -> None:
    texts = words("zh_hans", "claim")
    with open_page(browser, "/rights/claim/") as page:
        with unseen(page):
            for name, value in {
                "employer": "甲乙公司",
                "job": "客服",
                "started": "2023-02-20",
                "last_day": "2026-09-10",
                "monthly_wage": "5600",
            }.items():
                if name == "last_day":
                    page.locator('[name="ended"][value="forced"]').check()
                page.locator(f'[name="{name}"]').fill(value)
            page.locator('[name="contract"][value="yes"]').check()
            write = page.get_by_role("button", name=texts["write"])
            write.click()
            error = page.locator("#claims-error")
            expect(error).to_have_text(texts["problems"]["no_claim"])
            for kind, amount in (("severance", "22400"), ("compensation", "44800")):
                row = page.locator(f'[data-claim-kind="{kind}"]')
                row.locator("input[type=checkbox]").check()
                row.locator(f"#{kind}-amount").fill(amount)
            write.click()
            expect(error).to_have_text(texts["problems"]["n_and_2n"])
            page.locator('[data-claim-kind="compensation"] input').first.uncheck()
            page.locator('[data-claim-kind="wages"] input').first.check()
            page.locator("#wages-from").fill("2026-08-01")
            page.locator("#wages-to").fill("2026-09-10")
            page.locator("#wages-amount").fill("11,200.50")
            page.locator('[data-evidence="bank"]').check()
            write.click()
            draft = page.locator(".rights-draft")
            text = draft.input_value()
            assert (
                "一、请求裁决被申请人支付2026年8月1日至2026年9月10日拖欠的工资，计11200.50元"
                in text
            )
            assert "以上金额合计33600.50元" in text
            assert "劳动合同法》第四十六条、第四十七条" in text
            assert "银行流水" in text
            draft.fill(text + "\n改过")
            assert page.locator("[data-draft-print]").inner_text().endswith("改过")
            assert violations(page) == []
            with page.expect_download() as saved:
                page.get_by_role("button", name=texts["download"]).click()
        assert saved.value.suggested_filename == "仲裁申请书.txt"
        assert saved.value.path().read_text(encoding="utf-8-sig").endswith("改过")
        page.emulate_media(media="print")
        assert page.locator("[data-draft-print]").is_visible()
        assert page.locator("h1").is_hidden()


@pytest.mark.parametrize("name", ["severance", "wages", "exposure", "claim"])
def test_without_scripts_the_paper_is_open_and_no_form_is_shown(
    browser: Browser, name: str
) -> None:
    path = f"/rights/{name}/"
    with open_page(browser, path, script=False) as page:
        assert page.locator("form[method=dialog]").locator("visible=true").count() == 0
        assert not is_too_wide(page, PHONE)
        if name == "exposure":
            text = words("zh_hans", "exposure")["practices"]["cards"]["now"]
        elif name == "severance":
            text = words("zh_hans", "severance")["calc"]["severance"]["paper"][0]
        elif name == "claim":
            text = "劳动人事争议仲裁申请书"
        else:
            page.locator("details#overtime > summary").click()
            text = words("zh_hans", "wages")["calc"]["overtime"]["paper"][0]
        expect(page.get_by_text(text).locator("visible=true").first).to_be_visible()
