"""What a table must look like: Pandera contracts for rolls, process tables and feeds, and one door to check them.

The models are usable alone: `DibaoRoll.validate(frame)` on an eager frame. Names are imported when first used: Pandera
takes as long to import as all else together, and who links two files needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from baoshen_audit.schemas.everything import *  # noqa: F403 - its __all__ is the list of names


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    # Submodules are asked for here too before they are imported; their names are small.
    if name in ("check", "__all__") or name[0].isupper():
        everything = import_module("baoshen_audit.schemas.everything")
        if hasattr(everything, name):
            return globals().setdefault(name, getattr(everything, name))
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
