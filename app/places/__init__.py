"""Where places lie, without a network: the shipped gazetteer of France."""

from app.places.gazetteer import Gazetteer
from app.places.names import department_of
from app.places.towns import NoGazetteer, Town

__all__ = ["Gazetteer", "NoGazetteer", "Town", "department_of"]
