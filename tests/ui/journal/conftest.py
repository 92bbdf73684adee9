"""A desk of its own for each test of the journal."""

from tests.ui.own_desk import desk, own_settings, session

__all__ = ["desk", "own_settings", "session"]
