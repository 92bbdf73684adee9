"""Offers to several nodes: the board, who is asked, what they answer."""
