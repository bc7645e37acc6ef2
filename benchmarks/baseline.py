"""The yardstick of `scan.py`: read the same files with polars and inner-join each feed to the roll on the ID string."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

FEEDS = {
    "death": ["证件号"],
    "vehicle": ["证件号"],
    "realestate": ["证件号"],
    "business": ["身份证号"],
    "fiscal_payroll": ["身份证号"],
    "pension": ["身份证号"],
    "marriage": ["男方身份证号", "女方身份证号"],
    "cadre_roster": ["亲属身份证号"],
}


def main(folder: Path) -> None:
    frames = {path.stem: pl.read_csv(path, infer_schema=False) for path in sorted(folder.rglob("*.csv"))}
    roll = frames["member"].select(pl.col("成员身份证号").alias("id"))
    pairs = 0
    for name, columns in FEEDS.items():
        for column in columns:
            pairs += roll.join(frames[name], left_on="id", right_on=column, how="inner").height
    rows = sum(frame.height for frame in frames.values())
    print(f"{rows} {pairs}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
