"""重复保: the same person or household enrolled twice."""
