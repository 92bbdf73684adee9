"""What would be best and why: pure functions on values; suggests, never decides."""
