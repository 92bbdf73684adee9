"""Where travel times come from: the great circle for a start, a road extract or a matrix later."""
