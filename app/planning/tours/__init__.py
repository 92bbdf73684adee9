"""Delivery tours: the frozen problem, the solver, the independent judge."""
