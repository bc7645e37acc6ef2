"""Records whose number names nobody: who they are taken for, what that costs, and who is left in peace."""

from pathlib import Path

import polars as pl
import pytest

from baoshen_audit import Result, scan
from baoshen_audit.identity.resident_id import check_char

KEY = b"k" * 32


def number(birth: str, serial: int) -> str:
    body = f"320482{birth}{serial:03}"
    return body + check_char(body)


def crowd(people: int = 1500) -> list[tuple[str, str, str, str, str]]:
    """Name, number, sex, town and village of ordinary people: how rare a name is has to be counted somewhere."""
    return [
        (
            f"{'王李张刘陈杨赵黄周吴'[n % 10]}{chr(0x5B50 + n)}",
            number(f"19{40 + n % 50}0{1 + n % 9}{10 + n // 490}", n % 490 * 2 + 1),
            "男",
            "甲镇",
            "东村",
        )
        for n in range(people)
    ]


def roll(*people: tuple[str, str | None, str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [*people, *crowd()], schema=["姓名", "身份证号", "性别", "乡镇", "村(居)"], orient="row"
    ).with_columns(pl.lit("在保").alias("状态"))


def deaths(*rows: tuple[str, str | None, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["姓名", "身份证号", "死亡日期"], orient="row")


def audit(rolls: pl.DataFrame, dead: pl.DataFrame, *, shuffled: int | None = None) -> Result:
    if shuffled is not None:
        rolls, dead = (f.sample(fraction=1, shuffle=True, seed=shuffled) for f in (rolls, dead))
    manifest = pl.DataFrame({"feed": ["death"], "as_of": ["2026-06-20"]})
    tables = {"tekun": rolls, "death": dead, "manifest": manifest}
    return scan(tables, region="320413", as_of="2026-06", rules=("ERR201",), key=KEY)


WHO = number("19410306", 35)


@pytest.mark.parametrize(
    ("said", "tier"),
    [
        (WHO[:16] + str((int(WHO[16]) + 2) % 10) + WHO[17], "M3"),
        (WHO[:6] + "********" + WHO[14:], "M3"),
        (WHO[:15] + "000", "M3"),
    ],
    ids=["mistyped", "masked", "cut"],
)
def test_a_damaged_number_with_the_name_finds_its_person_at_a_lower_grade(said: str, tier: str) -> None:
    people = roll(("上官云鹤", WHO, "男", "甲镇", "西村"))
    [found] = audit(people, deaths(("上官云鹤", said, "2026-03-01"))).findings.to_dicts()
    [sure] = audit(people, deaths(("上官云鹤", WHO, "2026-03-01"))).findings.to_dicts()
    assert (found["tier"], sure["tier"]) == (tier, "M1")
    assert found["grade"] > sure["grade"]
    assert found["reasons"]


def test_somebody_on_a_roll_with_a_damaged_number_is_found_by_the_whole_one() -> None:
    wrong = WHO[:16] + str((int(WHO[16]) + 2) % 10) + WHO[17]
    people = roll(("上官云鹤", wrong, "男", "甲镇", "西村"))
    [found] = audit(people, deaths(("上官云鹤", WHO, "2026-03-01"))).findings.to_dicts()
    assert (found["tier"], found["grade"]) == ("M3", "B")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("上官云鹤", None),  # a name alone
        ("上官云鹤", number("19520614", 71)),  # a whole number of somebody else
        ("上官云鹤", "320482********" + number("19520614", 71)[14:]),  # a masked one that does not fit
        ("上官云燕", WHO[:6] + "********" + WHO[14:]),  # another name
    ],
)
def test_a_namesake_is_left_in_peace(name: str, said: str | None) -> None:
    people = roll(("上官云鹤", WHO, "男", "甲镇", "西村"))
    assert audit(people, deaths((name, said, "2026-03-01"))).findings.is_empty()


def test_the_order_of_rows_does_not_matter() -> None:
    people = roll(("上官云鹤", WHO, "男", "甲镇", "西村"), ("诸葛松柏", None, "男", "甲镇", "西村"))
    dead = deaths(
        ("上官云鹤", WHO[:6] + "********" + WHO[14:], "2026-03-01"),
        ("诸葛松柏", number("19390201", 15), "2026-03-02"),
        ("王子", None, "2026-03-03"),
    )
    told = [audit(people, dead, shuffled=seed).findings.select("tier", "grade", "message") for seed in (1, 2, 3)]
    assert told[0].equals(told[1])
    assert told[0].equals(told[2])


def test_a_register_is_read_by_name_only_where_a_number_does_not_tell(tmp_path: Path) -> None:
    """Strangers with whole numbers are counted and not typed, even if somebody on a roll has their name."""
    people = roll(("上官云鹤", WHO, "男", "甲镇", "西村"))
    dead = deaths(("上官云鹤", number("19520614", 71), "2026-03-01"), ("司马无名", None, "2026-03-02"))
    result = audit(people, dead)
    [line] = result.inputs.filter(pl.col("table") == "death").to_dicts()
    assert line["rows"] == 2
    assert result.coverage.filter(pl.col("code") == "ERR201")["status"].to_list() == ["clean"]
