"""Ways that were measured once: the same figures as measuring again, and two doors stay two."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.domain.travel import VehicleProfile
from app.domain.values import GeoPoint
from app.planning.tours.known_ways import KnownWays
from app.ports import TravelMatrix
from tests.tours.a_day import TRAVEL

VAN = VehicleProfile.VAN
POINTS = [GeoPoint(50.6 + 0.02 * n, 3.0 + 0.03 * (n % 3)) for n in range(9)]


class Counted:
    """Travel times that count how often they are asked, and for how many points."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.note = TRAVEL.note

    def matrix(self, points: Sequence[GeoPoint], profile: VehicleProfile) -> TravelMatrix:
        self.asked.append(len(points))
        return TRAVEL.matrix(points, profile)


@given(st.lists(st.sampled_from(POINTS), min_size=1, max_size=12))
def test_a_part_of_what_is_known_is_what_measuring_it_gives(points: list[GeoPoint]):
    ways = KnownWays(TRAVEL)
    ways.matrix(POINTS, VAN)

    known, measured = ways.matrix(points, VAN), TRAVEL.matrix(points, VAN)

    assert (known.distance_m == measured.distance_m).all()
    assert (known.duration_s == measured.duration_s).all()


def test_what_is_known_is_not_measured_again():
    travel = Counted()
    ways = KnownWays(travel)

    for part in (POINTS, POINTS[2:5], POINTS[::-1]):
        ways.matrix(part, VAN)

    assert travel.asked == [9]


def test_a_few_unknown_points_do_not_drive_out_the_many_known_ones():
    travel = Counted()
    ways = KnownWays(travel)
    ways.matrix(POINTS, VAN)

    ways.matrix([POINTS[0], GeoPoint(51.0, 3.5)], VAN)
    ways.matrix(POINTS, VAN)

    assert travel.asked == [9, 2]


def test_each_kind_of_vehicle_has_its_own_ways():
    ways = KnownWays(TRAVEL)
    van, bike = (ways.matrix(POINTS, kind) for kind in (VAN, VehicleProfile.BIKE))

    assert (van.duration_s < bike.duration_s).any()
    assert ways.note == TRAVEL.note
