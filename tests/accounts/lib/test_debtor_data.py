from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, strategies as st

from accounts.employers.rules.uscc import check_character
from accounts.lib.debtor_data import (
    Hit,
    find_debtor_data,
    find_in_file_name,
    is_id_number,
    masked,
)

# Checks fit, days exist; the people do not. The first is the standard's own example.
ID = "11010519491231002X"
OWN = "+8613800000000"


def kinds(text: str, *own: str) -> list[str]:
    return sorted({hit.kind for hit in find_debtor_data(text, own_phones=own)})


@pytest.mark.parametrize(
    "text",
    [
        f"客户身份证{ID}",
        "１１０１０５１９４９１２３１００２ｘ",
        "110105 1949 1231 002X",
        "110105-19491231-002x",
        "110105\u200b19491231\u200b002X",
        f"编号7{ID}完",
        f"{ID}{ID}",
        "证号 130503670401001",
        "130503 670401 001",
    ],
)
def test_identity_numbers_however_they_are_written(text: str) -> None:
    assert kinds(text) == ["id_number"]


@pytest.mark.parametrize(
    "text",
    [
        "13800000000、13900000001",
        "138-0000-0000 / 139 0000 0001",
        "1 3 8 0 0 0 0 0 0 0 0，13900000001",
        "+86 13800000000；0086 13900000001",
        "0912-345-678 0987654321",
        "１３８００００００００ １３９０００００００１",
    ],
)
def test_several_numbers_are_a_list(text: str) -> None:
    assert kinds(text) == ["phones"]


@pytest.mark.parametrize(
    "text",
    [
        "张三 13900000001",
        "13900000001 李四",
        "欠2万的那个 13900000001",
        "王五，电话：13900000001",
    ],
)
def test_one_number_beside_somebody(text: str) -> None:
    assert kinds(text, OWN) == ["phone"]


@pytest.mark.parametrize(
    "text",
    ["6222 0210 0111 6245 702", "卡号6222021001116245702", "4111 1111 1111 1111"],
)
def test_bank_cards(text: str) -> None:
    assert kinds(text) == ["bank_card"]


@pytest.mark.parametrize(
    "text",
    [
        "张三,138****0000,12000\n李四,139****1111,8000",
        "姓名\t手机\t欠款\n张三\t138****0000\t1.2万\n王小明\t139****1111\t逾期30天",
        "陳大文 | 尾號 1234 | 逾期 60 天\n林小美 | 尾號 5678 | 逾期 90 天",
        "Li Lei,138****0000,12000\nHan Meimei,139****1111,90 days",
    ],
)
def test_ledgers(text: str) -> None:
    assert kinds(text) == ["ledger"]


@pytest.mark.parametrize(
    "text",
    [
        "张三 逾期 3 期 欠 12,000",
        "李四，欠款12000元",
        "债务人王小明已逾期90天",
        "陳大文 拖欠 8,500 元",
        "赵六 3500元 M3",
        "Zhang San owes 12,000",
        "Li Lei: overdue 90 days",
    ],
)
def test_debtors_by_name(text: str) -> None:
    assert kinds(text) == ["debtor"]


@pytest.mark.parametrize(
    "text",
    [
        "自带名单优先",
        "要自带客户数据",
        "最好自帶債務人資源",
        "可以带原公司的客户名单过来",
        "帶前公司的客戶資料來",
        "我手里有逾期客户名单",
        "我有一批债务人资源",
        "高价收购债务人信息",
        "入职请提供债务人名单",
        "Please bring your own debtor list",
        "I still have customer data from there",
        "We buy borrower records",
        "Use your own leads",
        "带名单优先",
        "手上有名单的优先",
        "自备客户数据",
        "出售公民信息",
        "購買名單",
        "拷贝原公司客户资料",
    ],
)
def test_offers_and_asks(text: str) -> None:
    assert kinds(text) == ["offer"]


@pytest.mark.parametrize(
    "text",
    [
        "打我 138 0000 0000 就行",
        "我叫林小舟，电话13800000000",
        "面试请到前台找李女士 13900000001",
        "联系人：张三 13900000001",
        "HR主管：肖笑13900000001",
        "2026-11-25 14:30 到上海市浦东新区示例路1号12楼1203室",
        "1990年出生，2015到2021年做客服",
        "订单号 6222021001116245702",
        "运单号:130503670401001",
        "单号 SF1234567890123",
        "底薪4500，绩效2000-4000，到手5000-6500元/月",
        "张三 5000\n李四 6000\n王五 5500",
        "税号91350100M000100Y43",
        "统一社会信用代码 914403001922038216",
        "9144030071526726XG",
        "公司拖欠工资3个月",
        "张老板欠我3个月工资",
        "客户严重逾期 3 期的也谈过",
        "高额逾期 3 万以上的案子",
        "曾经逾期90天",
        "做过三年，逾期60天内的回款第一",
        "不需要自带名单",
        "严禁带前公司的客户名单",
        "自带客户名单的一律不要",
        "前公司让我自带客户名单，我没答应",
        "I will never bring customer data",
        "自带电脑",
        "公司提供客户资源",
        "购买信息系统的经验",
        "公司提供名单，开单快",
        "提供个人信息保护培训",
        "带领客户数据分析小组",
        "我会客户资料整理和数据录入",
        "",
    ],
)
def test_what_is_nobodys_business_to_refuse(text: str) -> None:
    assert kinds(text, OWN) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"客户{ID}。", "1101…2X"),
        ("张三 逾期 3 期", "张…"),
        ("卡4111 1111 1111 1111", "4111…11"),
        ("自带名单优先", "自带名单"),
    ],
)
def test_a_passage_is_quoted_so_that_only_its_writer_knows_it(
    text: str, shown: str
) -> None:
    assert masked(text, find_debtor_data(text)[0]) == shown


def test_places_are_those_of_the_text_as_typed() -> None:
    text = f"㍿　證號：{ID}。"
    assert find_debtor_data(text) == [Hit("id_number", 5, 23)]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("逾期客户名单.xlsx", True),
        ("customer_list.csv", True),
        (f"合同_{ID}.pdf", True),
        ("13900000001_13900000002.txt", True),
        ("通訊錄.vcf", True),
        ("劳动合同_2024.pdf", False),
        ("IMG_20261125_143000.jpg", False),
        ("离职证明.png", False),
    ],
)
def test_names_of_files(name: str, found: bool) -> None:
    assert bool(find_in_file_name(name)) is found


CHECKS = "10X98765432"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    province = draw(st.sampled_from(["11", "31", "44", "51", "65", "81"]))
    day = draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2015, 1, 1)))
    body = f"{province}{draw(st.integers(0, 9999)):04}{day:%Y%m%d}"
    body += f"{draw(st.integers(0, 999)):03}"
    total = sum(int(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return body + CHECKS[total % 11]


@given(before=st.text(max_size=30), number=id_numbers(), after=st.text(max_size=30))
def test_a_valid_identity_number_is_found_anywhere(
    before: str, number: str, after: str
) -> None:
    text = before + number + after
    start, end = len(before), len(before) + len(number)
    assert any(
        hit.kind == "id_number" and hit.start < end and start < hit.end
        for hit in find_debtor_data(text)
    )


@given(number=id_numbers(), place=st.integers(0, 16), digit=st.integers(1, 9))
def test_one_wrong_digit_is_no_identity_number(
    number: str, place: int, digit: int
) -> None:
    wrong = str((int(number[place]) + digit) % 10)
    assert not is_id_number(number[:place] + wrong + number[place + 1 :])


WORDS = st.sampled_from(
    ["打我", "我的电话", "，", " ", "下周能上班。", "call me", "\n"]
)


@given(
    tail=st.integers(0, 10**8 - 1),
    before=st.lists(WORDS, max_size=4),
    after=st.lists(WORDS, max_size=4),
    notation=st.sampled_from(["{}{}{}", "{}-{}-{}", "{} {} {}", "+86 {}{}{}"]),
)
def test_ones_own_number_alone_is_never_found(
    tail: int, before: list[str], after: list[str], notation: str
) -> None:
    digits = f"138{tail:08}"
    shown = notation.format(digits[:3], digits[3:7], digits[7:])
    text = f"{''.join(before)} {shown} {''.join(after)}"
    assert find_debtor_data(text, own_phones=[f"+86{digits}"]) == []


@given(
    body=st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
    region=st.integers(0, 999999),
    kind=st.sampled_from(["91", "92", "93"]),
)
def test_a_companys_code_is_never_found(kind: str, region: int, body: str) -> None:
    seventeen = f"{kind}{region:06}{body}"
    assert find_debtor_data(f"代码{seventeen}{check_character(seventeen)}") == []


@given(text=st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for hit in find_debtor_data(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert masked(text, hit)


@pytest.mark.parametrize("unit", ["1", "1 ", "- ", "张", "自带", "138", "1*"])
def test_long_texts_do_not_take_long(unit: str) -> None:
    began = time.monotonic()
    find_debtor_data(unit * (3000 // len(unit)))
    assert time.monotonic() - began < 1
