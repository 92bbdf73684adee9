"""The map as flat shapes, for paper and for pages that stand still."""
