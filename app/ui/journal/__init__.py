"""The journal: who did what, when, and how to take it back."""
