"""The ground that tours are driven on: roads, measured times, and areas closed to vehicles."""
