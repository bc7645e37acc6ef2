"""Personal names as keys: one folded form under which the same written name is equal."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.text import fold

__all__ = ["name_key"]

_BRACKETED: Final = r"[(\[{<〔【〈《「『⟨（［｛][^)\]}>〕】〉》」』⟩）］｝]*[)\]}>〕】〉》」』⟩）］｝]?"
# Unicode has a dozen look-alikes of the middle dot of minority and foreign names; offices type most of them.
_DOTS: Final = "[·•・‧∙⋅․．.｡。●▪\u0387\u2022\u30fb\uff65]"
_MARKS: Final = "[\"'`“”‘’,;:!，；：！、_|=+~^-]"
_PLACEHOLDER: Final = (
    "^(?:无|暂无|没有|未知|不详|不明|无名|无名氏|未提供|未登记|待补|待核|待查|姓名|空|本人|户主|合计|小计|总计|共计|制表人"
    "|审核人|NULL|NONE|NAN|NIL|NA|N/A|TEST|测试|/|0+)$|某"
)


def name_key(col: pl.Expr | str) -> pl.Expr:
    """The folded name: no blanks, bracketed notes, dots, stray marks or namesake digits; Latin upper case.

    ``"张　三（残）"`` and ``"张三"`` give one key, ``"买买提·吐尔逊"`` and ``"买买提吐尔逊"`` another. Placeholders
    (无, 未知, 合计, anything with 某) give null: equal placeholders prove nothing. Mask stars stay in the key, so a
    masked name equals no full one.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression; null where no name is left.
    """
    text = fold(pl.col(col) if isinstance(col, str) else col).str.to_uppercase()
    # Cells of nothing but a note keep no name; digits at the end tell namesakes apart and are not the name.
    bare = text.str.replace_all(_BRACKETED, "").str.replace_all(_DOTS, "").str.replace_all(_MARKS, "")
    bare = bare.str.replace("[0-9]+$", "")
    return pl.when((bare != "") & ~bare.str.contains(_PLACEHOLDER)).then(bare)
