"""All orders at once: the cheapest way to serve them, with a bound that proves how cheap."""

from app.planning.sourcing.optimum.check import cost_of as cost_of
from app.planning.sourcing.optimum.problem import Answer as Answer
from app.planning.sourcing.optimum.problem import Best as Best
from app.planning.sourcing.optimum.problem import Problem as Problem
from app.planning.sourcing.optimum.problem import Sent as Sent
from app.planning.sourcing.optimum.solving import solve as solve
