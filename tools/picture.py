"""Draw the README's picture: the terminal summary of the sample county, as an SVG that loads nothing from anywhere."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from baoshen_audit import scan
from baoshen_audit.report.terminal import summary

ROOT = Path(__file__).resolve().parent.parent
_STYLE = """
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", "Microsoft YaHei Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""


def main() -> None:
    """Write docs/images/summary.svg."""
    result = scan(
        ROOT / "sample_data" / "bureau", region="320413", as_of="2026-06", key=b"the picture of the README 123456"
    )
    console = Console(record=True, width=112, file=io.StringIO(), force_terminal=True, highlight=False, markup=False)
    summary(result, lang="zh", console=console)
    drawn = console.export_svg(
        title="baoshen-audit scan", theme=MONOKAI, code_format=_STYLE.lstrip(), unique_id="baoshen"
    )
    target = ROOT / "docs" / "images" / "summary.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
