"""The carriers: services and the day's shares, prices on trial, what was sent to whom."""
