"""Shipped for plugin authors and for our own tests: synthetic districts with planted truth, case books.

Submodules are imported by name (`from baoshen_audit.testing.synth import district`), so that importing the package
costs nothing.
"""
