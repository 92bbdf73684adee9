"""From the files to the driver's sheet: goods of a store without a van are fetched on the way."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from app.domain.locks import LockKind, TourLock
from app.domain.tours import StopKind
from app.operations import hand
from app.operations.locks import lock_shipments
from app.planning.tours.moves import Reverse
from app.workspace import Workspace
from tests.end_to_end.small_day import AT, DAY, done, entries, moment, regie

NODES = """code,name,kind,latitude,longitude,opening_hours
LES,Entrepôt Lesquin,warehouse,50.5890,3.1120,
WAZ,Magasin Wazemmes,store,50.6270,3.0490,Mo-Sa 10:00-19:00
"""
PRODUCTS = "sku,label,weight_g\nTEA,Théière,1200\nBOWL,Bol,300\n"
STOCK = """node,sku,on_hand,as_of
LES,TEA,10,2026-03-02T07:00
WAZ,BOWL,6,2026-03-02T07:00
"""
VEHICLES = "code,depot,capacity_kg,cost_per_km_cents\nV1,LES,500,35\n"
ORDERS = """order,placed_at,mode,sku,quantity,customer,street,postcode,town,latitude,longitude
1,2026-03-02T10:00,home_delivery,TEA,1,Élise,1 rue D,59000,Lille,50.640,3.070
2,2026-03-02T10:05,home_delivery,BOWL,2,Bo,2 rue E,59000,Lille,50.636,3.060
3,2026-03-02T10:05,home_delivery,BOWL,1,Cleo,3 rue F,59000,Lille,50.634,3.055
"""
FILES = {
    "nodes": NODES,
    "products": PRODUCTS,
    "stock": STOCK,
    "vehicles": VEHICLES,
    "orders": ORDERS,
}
RULES = "[touring]\nfetch_within_m = 10_000\nfetch_s = 240\n"


@pytest.fixture
def day(folder: Path, tmp_path: Path) -> Path:
    """The day taken in and sourced, with rules that let vans fetch."""
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        done(folder, *AT, "import", tmp_path / f"{name}.csv", "--kind", name)
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    done(folder, *AT, "rules", tmp_path / "rules.toml", "--publish")
    done(folder, *AT, "source", "--apply")
    return folder


def planned(day: Path) -> dict[str, object]:
    return done(day, *AT, "plan", "--date", DAY, "--seconds", 1, "--apply")


def test_the_plan_tells_where_goods_come_aboard_and_the_judge_accepts_it(day: Path):
    plan = planned(day)

    (tour,) = plan["tours"]
    kinds = [(stop["kind"], stop.get("shipment")) for stop in tour["stops"]]
    fetches = [at for at, (kind, _) in enumerate(kinds) if kind == "pickup"]
    assert {kinds[at][1] for at in fetches} == {"2-1", "3-1"}
    for at in fetches:
        assert at < kinds.index(("delivery", kinds[at][1]))
        stop = tour["stops"][at]
        assert (stop["latitude"], stop["longitude"]) == (50.627, 3.049)
        assert moment(stop["start"]) >= moment(f"{DAY}T10:00:00+01:00")
    assert fetches[1] == fetches[0] + 1, "both parcels share the stop"
    first, second = (tour["stops"][at] for at in fetches)
    served = (moment(s["departure"]) - moment(s["start"]) for s in (first, second))
    assert [one.total_seconds() for one in served] == [240, 0]
    assert plan["unplanned"] == []
    assert plan["summary"]["left_to_carriers"] == 0
    assert done(day, *AT, "check", "--date", DAY)["feasible"]


def test_why_says_where_and_when_it_was_picked_up(day: Path):
    planned(day)

    (*_, tour, time) = done(day, *AT, "why", "2")["links"]

    assert tour["chosen"]["fetch_node"] == "WAZ"
    assert moment(tour["chosen"]["fetched_at"]) < moment(time["chosen"]["start_at"])


def test_the_driver_s_table_names_the_store_and_whose_goods(day: Path, tmp_path: Path):
    planned(day)

    done(day, *AT, "sheets", "--date", DAY, "--out", tmp_path / "out", "--format", "csv")
    (file,) = (tmp_path / "out").rglob("*.csv")
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))

    fetched = [row for row in rows if row["kind"] == "pickup"]
    assert {row["customer"] for row in fetched} == {"Magasin Wazemmes"}
    assert {row["order"]: row["goods"] for row in fetched} == {"2": "2 x BOWL", "3": "1 x BOWL"}
    brought = {row["order"]: row["customer"] for row in rows if row["kind"] == "delivery"}
    assert brought == {"1": "Élise", "2": "Bo", "3": "Cleo"}


def test_without_the_rule_nobody_fetches(day: Path, tmp_path: Path):
    (tmp_path / "rules.toml").write_text("[touring]\n", encoding="utf-8")
    done(day, *AT, "rules", tmp_path / "rules.toml", "--publish")

    plan = planned(day)

    (tour,) = plan["tours"]
    assert [stop["kind"] for stop in tour["stops"]] == ["depart", "delivery", "return"]
    assert plan["summary"]["left_to_carriers"] == 2


def test_a_tour_that_fetches_is_changed_by_hand_and_undone(day: Path):
    planned(day)
    before = done(day, *AT, "check", "--date", DAY)
    with Workspace.open(day, user="test", clock=lambda: moment(AT[1])) as workspace:
        on = date.fromisoformat(DAY)
        hands = hand.hands_of(workspace, on)
        (tour,) = hands.plan.tours
        settled = hand.apply_move(workspace, on, Reverse(tour.code), reason="try", force=True)
        (turned,) = hand.hands_of(workspace, on).plan.tours
        doors = [stop.order for stop in turned.doors]
        assert doors == [stop.order for stop in tour.doors][::-1]
        for shipment in turned.fetched:
            kinds = [stop.kind for stop in turned.stops if stop.shipment == shipment]
            assert kinds == [StopKind.PICKUP, StopKind.DELIVERY]
        workspace.undo(settled.entry)
        assert hand.hands_of(workspace, on).plan.tours[0].stops == tour.stops
    assert done(day, *AT, "check", "--date", DAY) == before


def test_planning_is_undone_as_a_whole(day: Path):
    planned(day)

    done(day, *AT, "undo", entries(day)[0]["entry"])

    assert done(day, *AT, "check", "--date", DAY)["summary"]["tours"] == 0


def test_a_number_that_cannot_be_is_refused_with_its_line(day: Path, tmp_path: Path):
    (tmp_path / "rules.toml").write_text("[touring]\nfetch_within_m = -1\n", encoding="utf-8")

    said = regie(day, *AT, "rules", tmp_path / "rules.toml")

    (refused,) = said.document["refused"]
    assert "2" in refused["text"]
    assert "fetch_within_m" in refused["text"]


def test_what_is_fetched_can_be_locked_to_its_van_and_first(day: Path):
    plan = planned(day)
    (tour,) = plan["tours"]
    visits = [stop["shipment"] for stop in tour["stops"] if "shipment" in stop]
    on = date.fromisoformat(DAY)
    with Workspace.open(day, user="test", clock=lambda: moment(AT[1])) as workspace:
        locks = (
            TourLock(on, LockKind.VEHICLE, ("2-1",), "V1", reason="agreed"),
            TourLock(on, LockKind.FIRST, tuple(visits[:3]), "V1", reason="on its way"),
        )
        lock_shipments(workspace, locks)

    again = planned(day)

    (tour,) = again["tours"]
    stops = [stop["shipment"] for stop in tour["stops"] if "shipment" in stop]
    assert stops[:3] == visits[:3]
    assert sorted(stops) == sorted(visits)
    assert done(day, *AT, "check", "--date", DAY)["feasible"]
