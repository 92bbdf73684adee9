"""Whom to offer an order to, until when, and what follows: suggestions, never decisions."""
