"""Where places lie, without a network: the shipped gazetteer of France."""

from app.places.gazetteer import Gazetteer
from app.places.names import department_of
from app.places.towns import NoGazetteer, PopulatedPlace, Town

__all__ = ["Gazetteer", "NoGazetteer", "PopulatedPlace", "Town", "department_of"]
