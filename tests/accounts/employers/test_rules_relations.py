from __future__ import annotations

import pytest

from accounts.employers.rules.relations import circle_of, company_domain, trunk_of


@pytest.mark.parametrize(
    "name",
    [
        "青禾消费金融有限公司",
        "青禾消费金融（上海）有限公司",
        "上海青禾消费金融有限公司北京分公司",
        "北京市青禾消费金融股份有限公司",
        "青禾消费金融集团",
        "青禾消費金融有限公司",
    ],
)
def test_branches_and_sisters_have_one_trunk(name: str) -> None:
    assert trunk_of(name) == "青禾消费金融"


def test_a_kind_of_company_is_no_name() -> None:
    assert trunk_of("上海银行") != trunk_of("北京银行")


@pytest.mark.parametrize(
    ("uscc", "name", "is_held"),
    [
        ("91000000MA1A00104Q", "", True),
        (" 91000000ma1a00104q", "", True),
        ("", "青禾", True),
        ("", "青禾客服", True),
        ("", "青禾客服有限公司广州分公司", True),
        ("", "广州青禾客服有限公司", True),
        ("", " 青 禾 ", True),
        ("", "青", False),
        ("", "", False),
        ("", "远帆", False),
        ("91000000MA1A002002", "远帆", False),
    ],
)
def test_a_code_or_part_of_a_name_is_enough(
    uscc: str, name: str, *, is_held: bool
) -> None:
    circle = circle_of(["91000000MA1A00104Q"], ["青禾客服有限公司", "青禾客服"])
    assert circle.holds(uscc=uscc, name=name) is is_held


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("hr@qinghe.cn", "qinghe.cn"),
        ("HR@QingHe.CN", "qinghe.cn"),
        ("hr@qq.com", ""),
        ("hr@vip.163.com", ""),
        ("hr@demo.example.com", ""),
        ("nobody", ""),
    ],
)
def test_only_a_companys_own_mail_says_anything(address: str, domain: str) -> None:
    assert company_domain(address) == domain
