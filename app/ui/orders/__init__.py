"""The worklist: the day's orders, what is suggested for each, and what to do next."""
