"""Who: resident numbers, names, accounts and their masks, as polars expressions over whole columns."""
