"""The yardstick of `scan.py`: read the same files with polars and inner-join each feed to the roll on the ID string."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

ROLLS = ("共同生活成员", "特困人员", "孤儿", "残疾人两项补贴", "优抚对象")
FEEDS = ("死亡", "机动车", "不动产登记", "市场主体登记", "财政供养人员", "养老待遇", "婚姻登记", "干部、经办人员名册")


def id_columns(frame: pl.DataFrame) -> list[str]:
    """Columns that hold resident IDs, by their headers."""
    return [name for name in frame.columns if name.endswith(("身份证号", "证件号"))]


def main(folder: Path) -> None:
    """Read everything, join every feed, print rows read and pairs found."""
    months = sorted(path for path in folder.iterdir() if path.is_dir())
    frames = {(path.parent, path.stem): pl.read_csv(path, infer_schema=False) for path in sorted(folder.rglob("*.csv"))}
    current = {name: frame for (month, name), frame in frames.items() if month == months[-1]}
    roll = pl.concat([current[name].select(pl.col(id_columns(current[name])[0]).alias("id")) for name in ROLLS])
    pairs = sum(
        roll.join(current[name], left_on="id", right_on=column, how="inner").height
        for name in FEEDS
        for column in id_columns(current[name])
    )
    print(f"{sum(frame.height for frame in frames.values())} {pairs}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
