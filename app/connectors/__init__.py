"""Outside formats: the only place that opens files of the outside world."""
