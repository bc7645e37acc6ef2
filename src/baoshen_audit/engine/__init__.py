"""Where kernels run: here, on this machine's polars. A cluster gets the same kernels, partition by partition."""

from baoshen_audit.engine.local import collect, split

__all__ = ["collect", "split"]
