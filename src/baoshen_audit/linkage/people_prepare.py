"""Registers of residents as prepared columns: what the spec of :mod:`baoshen_audit.linkage.people` compares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Final

import polars as pl

from baoshen_audit.engine.lookup import once
from baoshen_audit.identity.account import account_key
from baoshen_audit.identity.address import village_in, village_key
from baoshen_audit.identity.birth import birth_of, real_day
from baoshen_audit.identity.characters import heard
from baoshen_audit.identity.id_damage import mask_parts, prefix15
from baoshen_audit.identity.name import name_key
from baoshen_audit.identity.phone import phone_key
from baoshen_audit.identity.resident_id import STATUSES, parsed, plain
from baoshen_audit.linkage.parallel import side_by_side
from baoshen_audit.linkage.spec import ROW
from baoshen_audit.text import fold_text

__all__ = ["ALIASES", "prepare"]

_STATUS: Final = pl.Enum(STATUSES)

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "id_no": (
        "身份证号", "成员身份证号", "享受对象身份证号", "义务人身份证号", "委托人身份证号", "纳税人证件号",
        "购房人证件号", "身份证号码", "逝者身份证号", "所有人证件号", "权利人证件号", "委托人证件号",
        "纳税人身份证号", "购房人身份证号", "公民身份号码", "成员身份证号码", "死者身份证号", "户主身份证号码",
        "成员证件号码", "证件号码", "证件号", "身份证", "户主证件号", "户主身份证号", "公民身份证号",
        "所有人身份证号", "车主身份证号", "idnumber", "idcard", "id", "nationalid",
    ),
    "name": (
        "姓名", "成员姓名", "享受对象姓名", "义务人姓名", "姓名自报", "逝者姓名", "委托人", "户名", "所有人",
        "权利人", "纳税人", "豁免对象", "购房人", "享受人姓名", "产权人", "委托人姓名", "死者姓名", "纳税人姓名",
        "购房人姓名", "车主", "家庭成员姓名", "户主姓名", "户主", "机动车所有人", "权利人姓名", "豁免对象姓名",
        "账户姓名", "申请人姓名", "收款人姓名", "保障对象", "领取人", "车主姓名", "所有人姓名", "申请人", "对象姓名",
        "fullname", "personname",
    ),
    "birth_date": ("出生日期", "出生年月", "生日", "出生年月日", "birth", "dob", "dateofbirth", "birthday"),
    "sex": ("性别", "gender"),
    "village": (
        "村", "村社区", "村居委会", "村居", "所属社区", "行政村", "村委会", "居委会", "所属村", "村居名称", "社区",
        "villagename",
    ),
    "address": (
        "住址", "家庭住址", "现住址", "家庭地址", "居住地", "地址", "户籍地址", "居住地址", "户口所在地", "addr",
    ),
    "phone": (
        "电话", "联系电话", "手机", "手机号码", "手机号", "联系方式", "mobile", "telephone", "tel", "phoneno",
    ),
    "account": (
        "账号", "账户", "银行账号", "银行卡号", "工资账户", "一卡通账号", "卡号", "银行帐号", "帐号", "社保卡号",
        "开户账号", "收款账号", "accountno", "bankaccount",
    ),
}  # fmt: skip
"""Headers of each column, besides its own name, the first that is there: those of all tables of people. Whom a row is
about stands before whose household it is. Compared folded (``fold_text``)."""

_COMPARED: Final[Mapping[str, set[str]]] = {
    "id_no": {"id_no", "birth_date", "sex"},
    "birth_date": {"birth_date", "id_no"},
    "sex": {"sex", "id_no"},
    "village": {"village", "address"},
    "address": {"village", "address"},
}
"""What of the other table a column is compared with, where that is more than the same column."""


def prepare(tables: Sequence[pl.DataFrame], columns: Mapping[str, str]) -> list[tuple[pl.DataFrame, list[str]]]:
    """Caller's tables → the prepared columns of this spec.

    A column that the other table has nothing to compare with is not read: it stays null.

    Args:
        tables: One or two, to be linked; cells as text (other types are cast).
        columns: Canonical column → header, for those not found by alias.

    Returns:
        Of each table ``row`` and the prepared columns, all of them always present, one row per row in the same order;
        and notes on what is missing.
    """
    found = [_recognise(table.columns, columns) for table in tables]
    cells = [
        table.select(
            ROW,
            *(
                pl.col(header).cast(pl.String).alias(name)
                for name, header in mine.items()
                if theirs.keys() & _COMPARED.get(name, {name})
            ),
        )
        for table, mine, theirs in zip(tables, found, reversed(found), strict=True)
    ]
    # The longest work first.
    steps: list[Callable[[], pl.DataFrame]] = [partial(_named, cells)]
    steps += [partial(step, one) for step in (_numbered, _reached) for one in cells]
    names, *others = side_by_side(lambda step: step(), steps)
    numbers, contacts = others[: len(cells)], others[len(cells) :]
    prepared, start = [], 0
    for mine, one, number, contact in zip(found, cells, numbers, contacts, strict=True):
        parts = [one.select("row"), names[start : start + one.height], number, contact]
        # A file comes in pieces; who reads here and there in a column of many pieces joins them anew each time.
        ready = pl.concat(parts, how="horizontal").rechunk()
        prepared.append((ready, _notes(mine.keys(), one, ready)))
        start += one.height
    return prepared


def _notes(found: Collection[str], cells: pl.DataFrame, ready: pl.DataFrame) -> list[str]:
    missing = [ALIASES[name][0] for name in ALIASES if name not in found]
    notes = [f"缺列，不作为证据：{'、'.join(missing)}"] if missing else []
    if "id_no" not in found and "name" not in found:
        notes.append("没有姓名也没有身份证号，无法关联")
    if "id_no" in cells.columns and ready.height and ready["number"].null_count() == ready.height:
        notes.append("身份证号列没有一个完整有效的号码（空、脱敏或受损），只能按其余字段关联")
    return notes


def _made(cells: pl.DataFrame, name: str, make: Callable[[pl.DataFrame], pl.Series]) -> pl.Series | None:
    return make(cells.select(name)) if name in cells.columns else None


def _some(made: pl.Series | None, rows: int, dtype: pl.DataType) -> pl.Series:
    return pl.repeat(None, rows, dtype=dtype, eager=True) if made is None else made


def _named(tables: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Names of both tables as one column: many who stand in one bear a name of the other."""
    names = [_some(cells.get_column("name", default=None), cells.height, pl.String()) for cells in tables]
    return once(pl.concat(names).to_frame("raw"), _folded)


def _numbered(cells: pl.DataFrame) -> pl.DataFrame:
    """Numbers, and what they tell where no other column does."""
    told = _numbers(_some(cells.get_column("id_no", default=None), cells.height, pl.String()))
    return told.drop("man", "born").with_columns(
        birth=_first(_made(cells, "birth_date", _by(birth_of("birth_date"))), told["born"]),
        sex=_first(_made(cells, "sex", lambda cells: once(cells, _by(_man("sex")))), told["man"]),
    )


def _reached(cells: pl.DataFrame) -> pl.DataFrame:
    """Where somebody is found."""
    village = _made(cells, "village", lambda cells: once(cells, _by(village_key("village"))))
    address = cells.get_column("address", default=None)
    told = _made(cells, "address", _by(pl.when(pl.col("address").str.len_chars() >= 4).then("address")))
    phone = _made(cells, "phone", _by(_code(phone_key("phone"))))
    account = _made(cells, "account", _by(_code(account_key("account"))))
    return pl.DataFrame(
        {
            "village": _some(_villages(village, address), cells.height, pl.UInt64()),
            "address": _some(told, cells.height, pl.String()),
            "phone": _some(phone, cells.height, pl.UInt64()),
            "account": _some(account, cells.height, pl.UInt64()),
        }
    )


def _numbers(cells: pl.Series) -> pl.DataFrame:
    """What a number is worth: trusted, complete, legible in part; ``status`` only where it is not right."""
    frame = cells.to_frame("text").with_columns(pl.col("text").pipe(plain).struct.unnest())
    body, last, day = pl.col("body"), pl.col("last"), pl.col("birth_date")
    valid = pl.col("right") & day.is_not_null()
    # The parts of a plain number are arithmetic on its digits: only other cells are searched for them.
    columns = (
        frame.with_columns(number=_trusted(pl.when(valid).then(body * 11 + last)))
        .select(
            person="number",
            number="number",
            status=pl.when(body.is_not_null() & ~valid).then(
                pl.when(day.is_null()).then(pl.lit("bad_date", _STATUS)).otherwise(pl.lit("bad_check", _STATUS))
            ),
            id_text="text",
            prefix=body // 100,
            ends=body // 10**11 * 11_000 + body % 1000 * 11 + last,
            man=pl.when(pl.col("number").is_not_null()).then(body & 1 == 1),
            # A wrong number may be of another century.
            born=pl.when(body.is_not_null() & (valid | (day >= dt.date(1900, 1, 1)))).then(day),
        )
        .get_columns()
    )
    others = frame.select(body.is_null() & pl.col("text").is_not_null()).to_series().arg_true()
    found = once(cells[others].to_frame("text"), _searched)
    # One after the other, so that each is written over where it lies instead of being copied.
    return pl.DataFrame([columns.pop(0).scatter(others, found[name]) for name in found.columns])


def _trusted(key: pl.Expr) -> pl.Expr:
    """Ending in 000 with a right check character: one in eleven numbers cut by a spreadsheet looks so."""
    return pl.when(key % 1100 != 0).then(key)


def _searched(cells: pl.DataFrame) -> pl.DataFrame:
    """The same of numbers that are damaged, masked, old, of another kind or oddly written."""
    frame = cells.select(parsed("text").struct.unnest())
    status, text, key, last = pl.col("status"), pl.col("text"), pl.col("key"), pl.col("ends").str.slice(9, 1)
    usable = ~status.is_in(["missing", "placeholder"]) & ~text.str.contains("E[+]?[0-9]+$")
    person = pl.when(status.str.starts_with("valid18")).then(_trusted(key))
    frame = frame.with_columns(
        person=person,
        number=pl.when(status == "upgraded15").then(key).otherwise(person),
        text=pl.when(usable).then("text"),
    ).with_columns(ends=mask_parts("text"))
    return frame.select(
        "person",
        "number",
        pl.col("status").cast(_STATUS),
        id_text="text",
        prefix=prefix15("text").str.to_integer(strict=False),
        ends=pl.col("ends").str.slice(0, 9).str.to_integer(strict=False) * 11
        + pl.when(last == "X").then(10).otherwise(last.str.to_integer(strict=False)),
        man=pl.when(pl.col("number").is_not_null()).then(pl.col("sex") == "男"),
        born=pl.coalesce("birth_date", real_day(text.str.extract(r"^[0-9]{6}((?:19|20)[0-9]{6})", 1).cast(pl.Int64))),
    )


def _by(expr: pl.Expr) -> Callable[[pl.DataFrame], pl.Series]:
    return lambda cells: cells.select(expr).to_series()


def _man(sex: str) -> pl.Expr:
    return pl.col(sex).str.extract("(男|女)", 1) == "男"


def _folded(raw: pl.DataFrame) -> pl.DataFrame:
    told = raw.select(heard(name_key("raw")).struct.unnest())
    return told.with_columns(called=_code(pl.col("name")))


def _code(text: pl.Expr) -> pl.Expr:
    """Text of which only equality matters: a number joins faster and takes a fraction of the room."""
    return pl.when(text.is_not_null()).then(text.hash())


def _recognise(headers: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    by_fold = {fold_text(header): header for header in reversed(headers)}
    found: dict[str, str] = {}
    for name, aliases in ALIASES.items():
        header = next((by_fold[f] for f in map(fold_text, (name, *aliases)) if f in by_fold), None)
        if columns.get(name) in headers:
            header = columns[name]
        if header is not None:
            found[name] = header
    return found


def _first(own: pl.Series | None, other: pl.Series) -> pl.Series:
    return other if own is None else own.zip_with(own.is_not_null(), other)


def _villages(village: pl.Series | None, address: pl.Series | None) -> pl.Series | None:
    """Villages of their own column where it names one, else those that addresses name."""
    if address is not None:
        village = address.clear(len(address)) if village is None else village
        gaps = (village.is_null() & address.is_not_null()).arg_true()
        village = village.scatter(gaps, pl.select(village_in(pl.lit(address[gaps]))).to_series())
    return None if village is None else pl.select(_code(pl.lit(village))).to_series()
