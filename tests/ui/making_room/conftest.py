"""Each test keeps the window's geometry to itself."""

from tests.ui.own_desk import own_settings

__all__ = ["own_settings"]
