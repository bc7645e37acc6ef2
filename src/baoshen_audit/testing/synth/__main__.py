"""Write the sample folder: `python -m baoshen_audit.testing.synth FOLDER`."""

from __future__ import annotations

import sys

from baoshen_audit.testing.synth import district, write_office


def main(arguments: list[str]) -> int:
    """Write the sample into the one folder named; returns the exit code."""
    if len(arguments) != 1:
        print("用法: python -m baoshen_audit.testing.synth FOLDER", file=sys.stderr)
        return 2
    write_office(district(), arguments[0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
