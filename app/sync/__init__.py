"""Staying in step with a hub; begins with the next capability."""
