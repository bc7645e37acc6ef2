"""The names :mod:`baoshen_audit.schemas` offers."""

from baoshen_audit.schemas.base import Kind, Pii, TableModel
from baoshen_audit.schemas.catalogue import HOUSEHOLD_ROLLS, PERSON_ROLLS, TABLES, ColumnSpec, TableSpec
from baoshen_audit.schemas.codes import CODES
from baoshen_audit.schemas.contract import PROBLEMS, check
from baoshen_audit.schemas.feeds import *  # noqa: F403 - the package's __all__ is the list of models
from baoshen_audit.schemas.feeds import __all__ as _feeds
from baoshen_audit.schemas.process import *  # noqa: F403
from baoshen_audit.schemas.process import __all__ as _process
from baoshen_audit.schemas.rolls import *  # noqa: F403
from baoshen_audit.schemas.rolls import __all__ as _rolls

__all__ = [  # noqa: PLE0604 - the star parts are lists of strings
    "CODES",
    "HOUSEHOLD_ROLLS",
    "PERSON_ROLLS",
    "PROBLEMS",
    "TABLES",
    "ColumnSpec",
    "Kind",
    "Pii",
    "TableModel",
    "TableSpec",
    "check",
    *_feeds,
    *_process,
    *_rolls,
]
