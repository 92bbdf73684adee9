"""Addresses that wait for a person: the list, the places that may be meant, the choice."""
