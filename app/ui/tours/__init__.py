"""The tours pane: the day on a timeline, what was left out, and the run that plans it."""
