"""名册质量与数据源: whether a roll can be relied on and whether rules can run at all."""
