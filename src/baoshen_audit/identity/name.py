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
# Unified ideographs only: radicals and compatibility forms look like them and must be folded.
_PLAIN: Final = "^[\u3400-\u9fff]+$"
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
    expr = pl.col(col) if isinstance(col, str) else col
    return expr.map_batches(lambda cells: _keys(cells.cast(pl.String)), return_dtype=pl.String, is_elementwise=True)


def _keys(cells: pl.Series) -> pl.Series:
    # Most cells are a plain Han name already: only the others go through the costly folding.
    plain = cells.str.contains(_PLAIN).fill_null(value=True)
    bare = cells
    if not plain.all():
        bare = cells.zip_with(plain, cells).scatter((~plain).arg_true(), _bare(cells.filter(~plain)))
    return bare.set(bare.str.contains(_PLACEHOLDER).fill_null(value=False), None)


def _bare(cells: pl.Series) -> pl.Series:
    text = pl.select(fold(pl.lit(cells)).str.to_uppercase()).to_series()
    # Cells of nothing but a note keep no name; digits at the end tell namesakes apart and are not the name.
    bare = text.str.replace_all(_BRACKETED, "").str.replace_all(_DOTS, "").str.replace_all(_MARKS, "")
    bare = bare.str.replace("[0-9]+$", "")
    return bare.set(bare == "", None)
