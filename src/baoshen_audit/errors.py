"""Every error that leaves the package, and the exit code it means for the command.

```
BaoshenError
├── UsageError      2   the call itself is wrong: a path that is not there, an option that makes no sense
│   └── ConfigError 2   baoshen.toml, a rule set or a key file is wrong
├── PolicyError     2   the region or the month has no policy, or a policy file is wrong
├── InputError      3   a file cannot be read, or a table lacks what no audit can do without
└── RuleError       3   a rule broke its own contract
```

A message says what and where, a hint what to do. Neither ever holds a cell of a person: exception texts end in
logs, and logs travel.
"""

from __future__ import annotations


class BaoshenError(Exception):
    """The root of the tree.

    Attributes:
        message: what is wrong and where, one sentence.
        hint: what the reader can do about it; may be empty.
        exit_code: what the command ends with.
    """

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  → {self.hint}" if self.hint else self.message


class UsageError(BaoshenError):
    """The call is wrong: nothing was started."""

    exit_code = 2


class ConfigError(UsageError):
    """A configuration, key file or set of rules is wrong."""


class PolicyError(BaoshenError):
    """No policy for this region or month, or a policy file that cannot be trusted."""

    exit_code = 2


class InputError(BaoshenError):
    """An input that cannot be read or used: the run could not be completed."""

    exit_code = 3


class RuleError(BaoshenError):
    """A rule broke its contract (columns, key, message fields)."""

    exit_code = 3
