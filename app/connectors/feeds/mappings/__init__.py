"""Layouts of other people: which of their columns fill which of ours."""
