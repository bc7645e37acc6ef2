"""The spec for registers of residents: numbers, names, birth dates, sex, village, address, phone, account.

Columns are found by their Chinese or English headers; what a table does not have is left out and noted. Every m and u
written here is a prior with its reason beside it; m of the name classes is replaced by counted shares as soon as the
tables hold pairs with equal valid numbers, u of every agreement on a value is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from baoshen_audit.identity.account import account_key
from baoshen_audit.identity.characters import folded, near_reading, reading
from baoshen_audit.identity.id_damage import mask_parts, neighbours, prefix15
from baoshen_audit.identity.name import name_key
from baoshen_audit.identity.name_pair import LEVELS, NameClass, compare_names
from baoshen_audit.identity.resident_id import normal, parsed
from baoshen_audit.linkage.compare import equal, on_unique, similar
from baoshen_audit.linkage.people_pairs import BirthClass, IdClass, compare_births, compare_ids
from baoshen_audit.linkage.spec import Block, Cap, Comparison, Count, Level, LinkSpec, PerRow, Tier, Veto, key
from baoshen_audit.text import fold, fold_text

__all__ = ["ALIASES", "people", "prepare"]

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "id_no": ("身份证号", "身份证号码", "公民身份号码", "公民身份证号", "身份证", "证件号码", "证件号", "户主身份证号", "死者身份证号",
              "所有人身份证号", "车主身份证号", "成员身份证号", "idno", "idnumber", "idcard", "id", "nationalid"),
    "name": ("姓名", "户主姓名", "死者姓名", "所有人", "车主", "车主姓名", "所有人姓名", "成员姓名", "申请人", "申请人姓名", "对象姓名", "fullname",
             "personname"),
    "birth_date": ("出生日期", "出生年月", "出生年月日", "生日", "birth", "dob", "dateofbirth", "birthday"),
    "sex": ("性别", "gender"),
    "village": ("村", "村居", "村社区", "行政村", "村委会", "居委会", "所属村", "村居名称", "社区", "villagename"),
    "address": ("住址", "地址", "家庭住址", "户籍地址", "家庭地址", "居住地址", "户口所在地", "addr"),
    "phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "联系方式", "mobile", "telephone", "tel", "phoneno"),
    "account": ("账号", "银行账号", "卡号", "银行卡号", "一卡通账号", "开户账号", "收款账号", "accountno", "bankaccount"),
}  # fmt: skip
"""Headers of each column, besides its own name; compared folded (``fold_text``)."""

_STRONG_ID: Final = [int(c) for c in IdClass if c not in (IdClass.CONFLICT, IdClass.DISSIMILAR)]
_SURE_ID: Final = [int(IdClass.EQUAL), int(IdClass.EQUAL_OLD)]
_NAME2: Final = [int(c) for c in NameClass if LEVELS[c] >= 2]
_NAME0: Final = [int(c) for c in NameClass if LEVELS[c] == 0]
_NAME1: Final = [int(c) for c in NameClass if LEVELS[c] >= 1]
_CONTACT: Final = ("village", "address", "phone", "account")


def people(*, columns: Mapping[str, str] | None = None, share: float = 0.05, one_to_one: str = "none") -> LinkSpec:
    """The spec for registers of residents.

    Args:
        columns: Canonical column (a key of :data:`ALIASES`) → header in the tables, where headers alone do not tell.
        share: Expected share of records with a partner; results change little within a factor of three.
        one_to_one: ``none``, ``left``, ``right`` or ``both``.

    Returns:
        A spec for :func:`baoshen_audit.linkage.link`.
    """
    named = dict(columns or {})
    return LinkSpec(
        prepare=lambda frame: prepare(frame, named),
        blocks=_blocks(),
        comparisons=_comparisons(),
        identifier="person",
        caps=(
            # A birth date or sex inside the number is not a second witness when the number agrees.
            Cap(("birth", "sex"), 0.0, pl.col("id").is_in(_STRONG_ID)),
            # A household shares village, address, phone and often the account: relatives would reach any sum of them.
            Cap(_CONTACT, 14.0),
        ),
        vetoes=_vetoes(),
        tiers=_tiers(),
        share=share,
        one_to_one=one_to_one,  # type: ignore[arg-type]
    )


def prepare(frame: pl.DataFrame, columns: Mapping[str, str]) -> tuple[pl.DataFrame, list[str]]:
    """Caller's frame → the prepared columns of this spec.

    Args:
        frame: Any frame; cells as text (other types are cast).
        columns: Canonical column → header, for those not found by alias.

    Returns:
        Prepared columns, one row per row in the same order, all of them always present; and notes on what is missing.
    """
    found = _recognise(frame.columns, columns)
    missing = [ALIASES[name][0] for name in ALIASES if name not in found]
    notes = [f"缺列，不作为证据：{'、'.join(missing)}"] if missing else []
    cells = frame.select(
        (pl.col(found[name]).cast(pl.String) if name in found else pl.lit(None, pl.String)).alias(name)
        for name in ALIASES
    )
    if "id_no" not in found and "name" not in found:
        notes.append("没有姓名也没有身份证号，无法关联")
    told = cells.select(parsed("id_no").struct.unnest(), text=normal("id_no"))
    status, ident = pl.col("status"), pl.col("key")
    # Ending in 000 with a right check character: one in eleven numbers cut by a spreadsheet looks so.
    whole = status.str.starts_with("valid18") & ~pl.col("text").str.ends_with("000")
    usable = ~status.is_in(["missing", "placeholder"]) & ~pl.col("text").str.contains("E[+]?[0-9]+$")
    told = told.with_columns(
        person=pl.when(whole).then(ident),
        number=pl.when(whole | (status == "upgraded15")).then(ident),
        id_text=pl.when(usable).then("text"),
        prefix=pl.when(usable).then(prefix15("text")),
        ends=pl.when(usable).then(mask_parts("text")),
    )
    names = cells.select(name=folded(name_key("name")))
    sounds = names.select(sound=reading("name"), near=near_reading("name")).with_columns(
        surname=pl.col("near").str.extract("^([^ ]+)", 1)
    )
    own = _birth(cells["birth_date"])
    shown = told["text"].str.extract(r"^[0-9]{6}((?:19|20)[0-9]{6})", 1).str.to_date("%Y%m%d", strict=False)
    rest = cells.select(
        birth=pl.coalesce(pl.lit(own), pl.lit(told["birth_date"]), pl.lit(shown))
        if frame.height
        else pl.lit(None, pl.Date),
        sex=pl.coalesce(pl.col("sex").str.extract("(男|女)", 1), pl.lit(told["sex"]))
        if frame.height
        else pl.lit(None, pl.String),
        village=_village(),
        address=_address(),
        phone=_phone(),
        account=account_key("account"),
    )
    kept = told.select("person", "number", "status", "id_text", "prefix", "ends")
    return pl.concat([kept, names, sounds, rest], how="horizontal"), notes


def _recognise(headers: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    by_fold = {fold_text(header): header for header in reversed(headers)}
    found: dict[str, str] = {}
    for name, aliases in ALIASES.items():
        header = next((by_fold[f] for f in map(fold_text, (name, *aliases)) if f in by_fold), None)
        if columns.get(name) in headers:
            header = columns[name]
        if header is not None:
            found[name] = header
    return found


def _birth(cells: pl.Series) -> pl.Series:
    """Dates in the spellings offices use; a month without day is no date."""
    parts = cells.to_frame("c").select(
        pl.col("c").str.extract(r"^\s*((?:18|19|20)[0-9]{2})", 1).alias("y"),
        pl.col("c").str.extract(r"^\s*[0-9]{4}\s*[-/.年]?\s*([01]?[0-9])(?:[-/.月]|[0-9]{2}\b)", 1).alias("m"),
        pl.col("c")
        .str.extract(r"^\s*[0-9]{4}(?:\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*|[0-9]{2})([0-3]?[0-9])", 1)
        .alias("d"),
    )
    text = pl.concat_str("y", pl.col("m").str.zfill(2), pl.col("d").str.zfill(2))
    return parts.select(text.str.to_date("%Y%m%d", strict=False)).to_series()


def _village() -> pl.Expr:
    own = fold(pl.col("village")).str.replace("(?:村民委员会|居民委员会|村委会|居委会|行政村|社区|村)$", "")
    address = fold(pl.col("address")).str.extract(r"(?:镇|乡|街道|办事处)(.{1,8}?)(?:村|社区|居委会)", 1)
    return pl.coalesce(pl.when(own != "").then(own), address)


def _address() -> pl.Expr:
    text = fold(pl.col("address")).str.replace_all(r"[^\p{Han}0-9A-Za-z]", "")
    text = (
        text.str.replace(r"^.{2,8}?(?:省|自治区)", "")
        .str.replace(r"^.{2,6}?市", "")
        .str.replace(r"^.{1,6}?(?:区|县|市)", "")
    )
    text = text.str.replace_all("村民委员会|居民委员会|村委会|居委会|行政村|社区", "村").str.replace_all(
        "村民小组|小组|生产队|队", "组"
    )
    return pl.when(text.str.len_chars() >= 4).then(text)


def _phone() -> pl.Expr:
    digits = fold(pl.col("phone")).str.replace_all("[^0-9]", "").str.replace("^(?:0086|86)(1[3-9][0-9]{9})", "${1}")
    mobile = digits.str.extract("^(1[3-9][0-9]{9})", 1)
    return pl.coalesce(
        mobile, pl.when(digits.str.contains("^0?[0-9]{7,11}$") & ~digits.str.contains("^(?:0+|1+|8+)$")).then(digits)
    )


def _blocks() -> tuple[Block, ...]:
    bad = pl.col("status").is_in(["bad_check", "bad_date", "malformed"])
    return (
        Block("证号", key("number"), identified=True, cap=10_000, star=True),
        Block("错误证号文本+姓名", key("id_text", "name", where=pl.col("number").is_null())),
        Block("前15位+姓名读音", key("prefix", "sound")),
        Block("首6尾4+姓名读音", key("ends", "sound")),
        Block("一位之差", _around(), key("number")),
        Block("一位之差(反向)", key("number"), _around()),
        Block("姓名读音+出生日期", key("sound", "birth")),
        Block("姓氏读音+出生日期", key("surname", "birth"), cap=400),
        Block("出生日期+村", key("birth", "village"), cap=400),
        Block("姓名读音+村", key("sound", "village"), cap=400),
        Block("姓名+电话", key("name", "phone")),
        Block("姓名+账号", key("name", "account")),
        Block("姓氏读音+电话", key("surname", "phone"), cap=100),
        Block("姓氏读音+账号", key("surname", "account"), cap=100),
        Block("出生日期+电话", key("birth", "phone"), cap=100),
        Block("错误证号文本", key("id_text", where=bad), cap=25),
        Block("有效证号不同、姓名出生日期电话相同", key("name", "birth", "phone"), identified=True, cap=25),
    )


def _around():  # type: ignore[no-untyped-def]
    def make(frame: pl.DataFrame) -> pl.DataFrame:
        wrong = frame.filter(
            pl.col("status").is_in(["bad_check", "bad_date"]) & (pl.col("id_text").str.len_chars() == 18)
        )
        found = neighbours(wrong.select("row", number="id_text"))
        return found.select("row", "key")

    return make


def _comparisons() -> tuple[Comparison, ...]:
    return (
        Comparison("id", "身份证号", ("person", "number", "id_text", "prefix", "ends", "status"), compare_ids, _id_levels()),
        Comparison("name", "姓名", ("name",), on_unique("name", _name_code, int(NameClass.SAME)), _name_levels(), _name_detail),
        Comparison("birth", "出生日期", ("birth",), compare_births, _birth_levels()),
        Comparison("sex", "性别", ("sex",), equal("sex"), (
            Level(1, "性别相同", "same sex", 0.99, 0.5), Level(0, "性别不同", "sex differs", 0.01, 0.5))),
        Comparison("village", "村(居)", ("village",), equal("village"), (
            Level(1, "同村", "same village", 0.85, Count("village", bits=10.0)), Level(0, "村不同", "village differs", 0.15, 0.99))),
        Comparison("address", "住址", ("address",), similar("address", (0.93,)), (
            Level(2, "住址相同", "same address", 0.5, Count("address", bits=10.0)),
            Level(1, "住址相近", "similar address", 0.3, 0.01), Level(0, "住址不同", "address differs", 0.2, 0.98))),
        Comparison("phone", "电话", ("phone",), equal("phone"), (
            Level(1, "电话相同", "same phone", 0.6, Count("phone")), Level(0, "电话不同", "phone differs", 0.4, 1.0))),
        Comparison("account", "账号", ("account",), equal("account"), (
            Level(1, "账号相同", "same account", 0.7, Count("account")), Level(0, "账号不同", "account differs", 0.3, 1.0))),
    )  # fmt: skip


def _id_levels() -> tuple[Level, ...]:
    say = IdClass
    return (
        # 重号: two people with one number were 1.7 in a thousand of the registered in 2009, hundreds by 2015 (police figures).
        Level(say.EQUAL, "身份证号相同", "same valid number", 0.97, PerRow(1e-4)),
        Level(say.EQUAL_OLD, "15位旧号升位后相同", "same number after 15→18", 0.9, PerRow(3e-2)),
        # 9.4 % of slips have another real person among the neighbours in a population of a million (measured).
        Level(say.NEIGHBOUR, "证号差一位或相邻两位颠倒", "one digit wrong or two swapped", 0.6, PerRow(0.1)),
        Level(say.PREFIX, "前15位相同(末位受损)", "first fifteen digits equal", 0.9, Count("prefix")),
        Level(say.ENDS, "与脱敏证号首6尾4相符", "fits the masked number", 0.95, Count("ends")),
        Level(say.MASKED, "与脱敏证号相符", "fits the masked number", 0.95, PerRow(20.0)),
        Level(say.SAME_TEXT, "错误证号写法完全相同", "same wrong number", 0.5, PerRow(0.05)),
        Level(say.CLOSE, "证号差两处", "numbers two slips apart", 0.2, PerRow(8.0)),
        Level(say.DISSIMILAR, "证号不相近", "numbers not alike", 0.1, 0.99),
        Level(say.CONFLICT, "两个有效证号不同", "two different valid numbers", 0.002, 1.0),
    )


def _name_levels() -> tuple[Level, ...]:
    kind, sound = NameClass, Count("sound")
    only_sound = Count("sound", minus="name")
    return (
        Level(kind.SAME, "姓名相同", "same name", 0.95, Count("name"), learned=True),
        Level(kind.VARIANT, "异体字", "variant character", 0.004, only_sound, learned=True),
        Level(kind.HOMOPHONE, "同音字", "homophone", 0.015, only_sound, learned=True),
        Level(kind.HOMOPHONES, "同音字", "homophones", 0.004, sound, learned=True),
        Level(kind.NEAR_SOUND, "近音字", "near sound", 0.005, Count("near"), learned=True),
        # Global chance shares on random pairs of names (matching notes): one swapped 1.1e-6, one dropped 8.3e-5.
        Level(kind.LOOKALIKE, "形近字", "look-alike", 0.006, 3e-5, learned=True),
        Level(kind.SURNAME, "姓音近或形近", "surname alike", 0.002, 1e-4, learned=True),
        Level(kind.SURNAME_TYPO, "姓误写", "surname mistyped", 0.001, 2e-6, learned=True),
        Level(kind.SWAPPED, "两字颠倒", "characters swapped", 0.003, 2e-6, learned=True),
        Level(kind.DROPPED, "漏字", "character dropped", 0.006, 8.3e-5, learned=True),
        Level(kind.RARE, "生僻字替代", "rare character replaced", 0.003, 2e-6, learned=True),
        # A name is masked or in pinyin by the table it stands in, whoever it is: m is given that it is.
        Level(kind.RARE_MARK, "生僻字不显示", "rare character not shown", 0.9, 2e-4),
        Level(kind.MASKED, "与脱敏姓名相符", "fits the masked name", 0.95, 1.7e-3),
        Level(kind.MASKED_WEAK, "与脱敏姓名相符(一字)", "fits the masked name in one character", 0.95, 0.06),
        Level(kind.PINYIN, "拼音相符", "fits the pinyin", 0.9, sound),
        Level(kind.PARTS, "少数民族姓名相近", "minority names alike", 0.02, 1e-5),
        Level(kind.ONE_CHARACTER, "一字不同", "one character differs", 0.005, 0.02),
        Level(kind.DIFFERENT, "姓名不同", "different names", 0.01, 0.98),
    )


def _birth_levels() -> tuple[Level, ...]:
    say = BirthClass
    return (
        Level(say.EQUAL, "出生日期相同", "same birth date", 0.95, Count("birth", bits=15.0)),
        Level(say.SLIP, "出生日期一位之差", "one digit of the birth date differs", 0.015, 1.5e-3),
        Level(say.SWAPPED, "月日颠倒", "month and day exchanged", 0.003, 1e-4),
        Level(say.YEAR_OFF, "差一岁", "one year apart", 0.006, 8e-5),
        Level(say.DEFAULT, "一方为1月1日", "one side is 1 January", 0.006, 4e-4),
        Level(say.LUNAR, "疑为农历", "perhaps the lunar date", 0.006, 2e-3),
        Level(say.DIFFERENT, "出生日期不同", "birth date differs", 0.014, 0.99),
    )


def _vetoes() -> tuple[Veto, ...]:
    ident, name = pl.col("id"), pl.col("name")
    other = pl.sum_horizontal(pl.col(f"{c}_bits").clip(lower_bound=0) for c in ("id", "birth", *_CONTACT))
    sure = ident.is_in(_SURE_ID).fill_null(value=False)
    return (
        Veto(other < 3.0, "reject", "只有姓名相同", "nothing but the name"),
        Veto(ident == IdClass.CONFLICT, "review", "两个有效证号不同", "two different valid numbers"),
        Veto(name.is_in(_NAME0), "review", "姓名不同", "names differ"),
        Veto(name.is_null() & ~sure, "review", "缺姓名", "no name"),
        Veto((pl.col("sex") == 0) & ~sure, "review", "性别矛盾", "sex contradicts"),
    )


def _tiers() -> tuple[Tier, ...]:
    ident, name = pl.col("id"), pl.col("name")
    named = name.is_in(_NAME2)
    contact = (pl.col("phone") == 1) | (pl.col("account") == 1) | (pl.col("village") == 1) | (pl.col("address") >= 1)
    born = pl.col("birth") == BirthClass.EQUAL
    area = (pl.col("village") == 1) | (pl.col("address") >= 1)
    return (
        Tier("M1", (ident == IdClass.EQUAL) & named),
        Tier("M2", ident == IdClass.EQUAL),
        Tier("M3", ident.is_in(_STRONG_ID) & named),
        Tier("M4", named & born & (pl.col("sex") == 1) & area),
        Tier("M5", name.is_in(_NAME1) & (contact | ident.is_in(_STRONG_ID) | born)),
        Tier("M6", pl.lit(value=True)),
    )


def _name_code(one: str, other: str) -> int:
    return int(compare_names(one, other).kind)


def _name_detail(left: tuple[object, ...], right: tuple[object, ...]) -> tuple[str, str]:
    verdict = compare_names(str(left[0]), str(right[0]))
    return verdict.reason, verdict.reason_en
