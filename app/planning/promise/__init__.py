"""Which dates may be promised for a basket at a place: pure, from indices that are made once."""
