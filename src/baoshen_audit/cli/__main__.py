"""`python -m baoshen_audit.cli`: the command where no script folder is on the path."""

from baoshen_audit.cli import main

main()
