"""The head of a household stands in its own row and among its members: one person, whichever row has the number."""

import polars as pl
import pytest

from baoshen_audit import scan
from baoshen_audit.identity.resident_id import check_char

BODY = "32048219410306003"
WHO = BODY + check_char(BODY)
SON = "32048219700306001" + check_char("32048219700306001")
WRONG = BODY[:16] + "5" + WHO[17]


def leads(
    head: str | None, member: str | None, dead: str | None, *, relation: str = "户主", seed: int = 0
) -> list[tuple[object, ...]]:
    """Code, grade and tier of what is found when a household's head is in a register of deaths."""
    crowd = [
        (f"H{n}", f"{'王李张刘陈杨赵黄周吴'[n % 10]}{chr(0x5B50 + n)}", body + check_char(body))
        for n in range(400)
        for body in [f"32048219{40 + n % 50}0{1 + n % 9}{10 + n // 50}{n % 50 * 2 + 1:03}"]
    ]
    columns = ["户编号", "户主姓名", "户主身份证号"]
    homes = pl.DataFrame([("X", "上官云鹤", head), *crowd], schema=columns, orient="row").with_columns(
        **{"性别": pl.lit("男"), "乡镇": pl.lit("甲镇"), "村(居)": pl.lit("西村"), "状态": pl.lit("在保")}
    )
    rows = [("X", "上官云鹤", member, relation), ("X", "上官小山", SON, "子"), *((*one, "户主") for one in crowd)]
    members = pl.DataFrame(rows, schema=["户编号", "姓名", "身份证号", "与户主关系"], orient="row")
    deaths = pl.DataFrame({"姓名": ["上官云鹤"], "身份证号": [dead], "死亡日期": ["2026-03-01"]})
    manifest = pl.DataFrame({"feed": ["death"], "as_of": ["2026-06-20"]})
    tables = {"dibao": homes, "member": members, "death": deaths, "manifest": manifest}
    if seed:
        tables = {name: frame.sample(fraction=1, shuffle=True, seed=seed) for name, frame in tables.items()}
    result = scan(tables, region="320413", as_of="2026-06", rules=("ERR201", "DUP"), key=b"k" * 32)
    return result.findings.select("code", "grade", "tier").rows()


@pytest.mark.parametrize(
    ("head", "member", "found"),
    [
        (WHO, WHO, ("ERR201", "A", "M1")),
        (None, WHO, ("ERR201", "A", "M1")),
        (WRONG, WHO, ("ERR201", "A", "M1")),
        (WHO, None, ("ERR201", "B", "M3")),
        (WHO, WRONG, ("ERR201", "B", "M3")),
        (WRONG, WRONG, ("ERR201", "B", "M3")),
    ],
)
def test_either_row_tells_the_number(head: str | None, member: str | None, found: tuple[str, ...]) -> None:
    assert leads(head, member, WHO) == [found]


def test_a_member_of_the_same_name_who_is_not_the_head_keeps_to_himself() -> None:
    assert leads(WHO, None, WHO, relation="孙子") == []


def test_two_whole_numbers_are_two_people() -> None:
    other = SON[:14] + "007" + check_char(SON[:14] + "007")
    assert leads(WHO, other, WHO) == []


def test_the_order_of_rows_does_not_matter() -> None:
    assert {tuple(leads(None, None, WHO, seed=seed)) for seed in (1, 2, 3)} == {tuple(leads(None, None, WHO))}
