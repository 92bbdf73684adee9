"""From the files to the driver's sheet: what one store sends another rides on a tour."""

import csv
import io
from pathlib import Path

import pytest

from tests.end_to_end.small_day import AT, DAY, done, entries, moment

NODES = """code,name,kind,latitude,longitude,street,postcode,town,opening_hours
LES,Entrepôt Lesquin,warehouse,50.5890,3.1120,1 rue A,59810,Lesquin,
WAZ,Magasin Wazemmes,store,50.6270,3.0490,5 rue Gambetta,59000,Lille,Mo-Sa 10:00-19:00
RBX,Magasin Roubaix,store,50.6910,3.1740,2 rue B,59100,Roubaix,Mo-Sa 11:00-12:30
"""
PRODUCTS = "sku,label,weight_g\nTEA,Théière,1200\nBOWL,Bol,300\n"
STOCK = """node,sku,on_hand,as_of
LES,TEA,10,2026-03-02T07:00
WAZ,BOWL,6,2026-03-02T07:00
"""
VEHICLES = "code,depot,capacity_kg,cost_per_km_cents\nV1,LES,500,35\n"
ORDERS = """order,placed_at,mode,sku,quantity,customer,collect_node,street,postcode,town,latitude,\
longitude
1,2026-03-02T10:00,click_and_collect,TEA,1,Élise,RBX,,,,,
2,2026-03-02T10:05,click_and_collect,TEA,2,Bo,RBX,,,,,
3,2026-03-02T10:05,click_and_collect,BOWL,1,Cleo,RBX,,,,,
4,2026-03-02T10:05,home_delivery,TEA,1,Dan,,3 rue F,59000,Lille,50.634,3.055
"""
FILES = {
    "nodes": NODES,
    "products": PRODUCTS,
    "stock": STOCK,
    "vehicles": VEHICLES,
    "orders": ORDERS,
}
RULES = "[touring]\ntransfers = true\nfetch_within_m = 10_000\n"


@pytest.fixture
def day(folder: Path, tmp_path: Path) -> Path:
    """The day taken in and sourced, with rules that let transfers ride."""
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        done(folder, *AT, "import", tmp_path / f"{name}.csv", "--kind", name)
    publish(folder, tmp_path, RULES)
    done(folder, *AT, "source", "--apply")
    return folder


def publish(folder: Path, where: Path, rules: str) -> None:
    (where / "rules.toml").write_text(rules, encoding="utf-8")
    done(folder, *AT, "rules", where / "rules.toml", "--publish")


def planned(day: Path) -> dict[str, object]:
    return done(day, *AT, "plan", "--date", DAY, "--seconds", 1, "--apply")


def test_transfers_arrive_while_the_store_is_open_in_one_stop(day: Path):
    plan = planned(day)

    (tour,) = plan["tours"]
    at_store = [
        (at, stop)
        for at, stop in enumerate(tour["stops"])
        if stop["kind"] == "delivery" and stop["order"] != "4"
    ]
    assert {stop["shipment"] for _, stop in at_store} == {"1-1", "2-1", "3-1"}
    first, second, third = (at for at, _ in at_store)
    assert (second, third) == (first + 1, first + 2)
    services = [
        (moment(stop["departure"]) - moment(stop["start"])).total_seconds() for _, stop in at_store
    ]
    assert services[0] >= 300, "arriving there is done once"
    assert services[1:] == [0, 0]
    for _, stop in at_store:
        assert (stop["latitude"], stop["longitude"]) == (50.691, 3.174)
        start = moment(stop["start"])
        assert moment(f"{DAY}T11:00:00+01:00") <= start <= moment(f"{DAY}T12:30:00+01:00")
    assert plan["unplanned"] == []
    assert done(day, *AT, "check", "--date", DAY)["feasible"]


def test_what_lies_at_a_store_without_a_van_is_fetched_on_the_way(day: Path):
    (tour,) = planned(day)["tours"]

    kinds = [stop["kind"] for stop in tour["stops"] if stop.get("shipment") == "3-1"]

    assert kinds == ["pickup", "delivery"]


def test_the_driver_s_table_names_the_store_that_keeps_it(day: Path, tmp_path: Path):
    planned(day)

    done(day, *AT, "sheets", "--date", DAY, "--out", tmp_path / "out", "--format", "csv")
    (file,) = (tmp_path / "out").rglob("*.csv")
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))

    brought = {row["order"]: row for row in rows if row["kind"] == "delivery"}
    assert brought["1"]["customer"] == "Magasin Roubaix"
    assert brought["1"]["street"] == "2 rue B"
    assert brought["4"]["customer"] == "Dan"


def test_without_the_rule_transfers_go_with_carriers_as_ever(day: Path, tmp_path: Path):
    publish(day, tmp_path, "[touring]\nfetch_within_m = 10_000\n")

    (tour,) = planned(day)["tours"]

    assert [stop["order"] for stop in tour["stops"] if "order" in stop] == ["4"]


def test_planning_transfers_is_undone_as_a_whole(day: Path):
    planned(day)

    done(day, *AT, "undo", entries(day)[0]["entry"])

    assert done(day, *AT, "check", "--date", DAY)["summary"]["tours"] == 0
