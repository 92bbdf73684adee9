"""Agreed orders that make room for new ones."""
