"""A desk of its own for each test of the carriers."""

from tests.ui.own_desk import desk, own_settings, session

__all__ = ["desk", "own_settings", "session"]
