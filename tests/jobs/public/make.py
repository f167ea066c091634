from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

COLUMNS = ("id", "source", "title", "company", "city", "salary", "description")
CLEAN = (
    "岗位职责：1、接听客户来电，解答账单和服务疑问；2、记录问题并跟进到解决。"
    "任职要求：高中及以上学历，普通话清楚，会用电脑。"
    "福利待遇：底薪4500元，五险一金，周末双休，工作时间9:00-18:00。"
)
BLOCKED = (
    "负责对逾期客户上门催收，可威胁恐吓客户家人，每天拨打通讯录好友施压要钱，直到还款。"
)


def advert(number: int = 1, **fields: str) -> dict[str, str]:
    values = {
        "id": f"a{number}",
        "source": "board",
        "title": "客服专员",
        "company": "静水服务有限公司",
        "city": "成都-武侯区",
        "salary": "5-6千/月",
        "description": CLEAN,
    }
    return values | fields


def csv_text(rows: Sequence[dict[str, str]], columns: Sequence[str] = COLUMNS) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def csv_file(
    folder: Path,
    rows: Sequence[dict[str, str]],
    *,
    name: str = "adverts.csv",
    encoding: str = "utf-8",
    columns: Sequence[str] = COLUMNS,
) -> Path:
    path = folder / name
    path.write_bytes(csv_text(rows, columns).encode(encoding))
    return path
