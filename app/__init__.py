"""Régie: the regional dispatcher's desk. Layers and arrows: see CONTRIBUTING.md."""

__version__ = "0.1.0"
