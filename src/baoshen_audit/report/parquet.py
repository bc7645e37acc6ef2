"""The findings frame as Parquet, with the manifest in the metadata of the file."""

from __future__ import annotations

import io
import json

from baoshen_audit.audit import Result
from baoshen_audit.finding import FINDINGS
from baoshen_audit.report.json_v1 import SCHEMA


def render(result: Result) -> bytes:
    """The Parquet file of a result.

    Returns:
        A file with the columns of findings v1 (`finding.FINDINGS`, money in 分) and the metadata keys `schema` and
        `manifest` (JSON).
    """
    buffer = io.BytesIO()
    manifest = json.dumps(result.manifest, ensure_ascii=False, sort_keys=True)
    result.findings.select(list(FINDINGS)).write_parquet(
        buffer, compression="zstd", metadata={"schema": SCHEMA, "manifest": manifest}
    )
    return buffer.getvalue()
