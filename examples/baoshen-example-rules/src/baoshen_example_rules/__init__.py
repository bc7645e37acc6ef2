"""Rules of a province, one file each; named in pyproject.toml under the entry-point group `baoshen_audit.rules`."""
