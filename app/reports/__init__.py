"""Documents and figures for people: road sheets, manifests, the day review."""
