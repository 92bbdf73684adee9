"""Files of the outside world, read as values of the domain: `pipeline.read_feed` is the way in."""
