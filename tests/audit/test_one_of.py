"""A rule that needs one of several sources asks for the feed behind a prepared table, not for the table."""

import datetime as dt

import polars as pl

from baoshen_audit import scan

_ELDER, _SON = "320482195003041216", "320482197603041219"
_ROLL = pl.DataFrame({"name": ["王一"], "id_no": [_ELDER], "town": ["甲镇"], "status": ["在保"]})
_HUKOU = pl.DataFrame(
    {"hukou_no": ["1"], "name": ["王小一"], "id_no": [_SON], "hukou_status": ["正常"], "father_id": [_ELDER]}
)


def _coverage(hukou_of: dt.date) -> dict[str, object]:
    manifest = pl.DataFrame({"feed": ["hukou"], "as_of": [hukou_of]})
    tables = {"tekun": _ROLL, "hukou": _HUKOU, "manifest": manifest}
    result = scan(tables, region="320413", as_of="2026-06", rules=["ERR217"], key=b"k" * 32)
    return result.coverage.row(0, named=True)


def test_the_feed_behind_a_prepared_table_will_do() -> None:
    assert _coverage(dt.date(2026, 6, 20))["status"] == "fired"


def test_a_stale_one_will_not() -> None:
    line = _coverage(dt.date(2020, 1, 1))
    assert line["status"] == "not_evaluable"
    assert line["reason"] == "下列数据至少需要一项:赡养抚养扶养义务人、户籍"
    assert line["enable"] == ["supporter", "hukou"]
