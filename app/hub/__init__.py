"""The reference hub; begins with the next capability."""
