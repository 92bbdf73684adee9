"""From the files to the driver's sheet: several parcels for one pickup point are one stop."""

import csv
import io
from pathlib import Path

import pytest

from tests.end_to_end.small_day import AT, DAY, done, moment

NODES = "code,name,kind,latitude,longitude\nLES,Entrepôt Lesquin,warehouse,50.5890,3.1120\n"
PRODUCTS = "sku,label,weight_g\nTEA,Théière,1200\n"
STOCK = "node,sku,on_hand,as_of\nLES,TEA,60,2026-03-02T07:00\n"
VEHICLES = "code,depot,capacity_kg,cost_per_km_cents\nV1,LES,500,35\n"
CARRIERS = "code,name\nDEX,Dexpress\n"
POINTS = """code,carrier,name,latitude,longitude,street,postcode,town,opening_hours,max_weight_g
DEX-1,DEX,Tabac de la Gare,50.6366,3.0635,3 place de la Gare,59800,Lille,Mo-Sa 14:00-18:00,20000
"""
ORDERS = """order,placed_at,mode,sku,quantity,customer,pickup_point,street,postcode,town,latitude,\
longitude
1,2026-03-02T10:00,pickup_point,TEA,1,Élise,DEX-1,9 rue Loin,59100,Roubaix,50.691,3.174
2,2026-03-02T10:05,pickup_point,TEA,2,Bo,DEX-1,,,,,
3,2026-03-02T10:05,home_delivery,TEA,1,Dan,,3 rue F,59000,Lille,50.634,3.055
4,2026-03-02T10:05,pickup_point,TEA,1,Eve,NO-SUCH,8 rue G,59000,Lille,50.630,3.050
5,2026-03-02T10:05,pickup_point,TEA,20,Fay,DEX-1,,,,,
"""
FILES = {
    "nodes": NODES,
    "products": PRODUCTS,
    "stock": STOCK,
    "vehicles": VEHICLES,
    "carriers": CARRIERS,
    "pickup_points": POINTS,
    "orders": ORDERS,
}


@pytest.fixture
def day(folder: Path, tmp_path: Path) -> Path:
    """The day taken in and sourced, with rules that bring parcels to pickup points."""
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        done(folder, *AT, "import", tmp_path / f"{name}.csv", "--kind", name)
    (tmp_path / "rules.toml").write_text("[touring]\npickup_points = true\n", encoding="utf-8")
    done(folder, *AT, "rules", tmp_path / "rules.toml", "--publish")
    done(folder, *AT, "source", "--apply")
    return folder


def planned(day: Path) -> dict[str, object]:
    return done(day, *AT, "plan", "--date", DAY, "--seconds", 1, "--apply")


def test_several_parcels_share_the_stop_in_its_hours(day: Path):
    plan = planned(day)

    (tour,) = plan["tours"]
    stops = [stop for stop in tour["stops"] if stop["kind"] == "delivery"]
    at_point = [stop for stop in stops if stop["order"] in ("1", "2")]
    assert stops.index(at_point[1]) == stops.index(at_point[0]) + 1
    for stop in at_point:
        assert (stop["latitude"], stop["longitude"]) == (50.6366, 3.0635)
        assert moment(stop["start"]) >= moment(f"{DAY}T14:00:00+01:00")
    first, second = (
        (moment(stop["departure"]) - moment(stop["start"])).total_seconds() for stop in at_point
    )
    assert first >= 300
    assert second == 0, "arriving there is done once"
    assert done(day, *AT, "check", "--date", DAY)["feasible"]


def test_what_the_point_is_unknown_for_or_cannot_take_stays_with_carriers(day: Path):
    (tour,) = planned(day)["tours"]

    assert sorted(stop["order"] for stop in tour["stops"] if "order" in stop) == ["1", "2", "3"]


def test_the_driver_s_table_names_the_point(day: Path, tmp_path: Path):
    planned(day)

    done(day, *AT, "sheets", "--date", DAY, "--out", tmp_path / "out", "--format", "csv")
    (file,) = (tmp_path / "out").rglob("*.csv")
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))

    brought = {row["order"]: row for row in rows if row["kind"] == "delivery"}
    for order in ("1", "2"):
        assert brought[order]["customer"] == "Tabac de la Gare"
        assert brought[order]["street"] == "3 place de la Gare"
    assert brought["3"]["customer"] == "Dan"


def test_without_the_rule_carriers_have_them_as_ever(day: Path, tmp_path: Path):
    (tmp_path / "rules.toml").write_text("[touring]\n", encoding="utf-8")
    done(day, *AT, "rules", tmp_path / "rules.toml", "--publish")

    (tour,) = planned(day)["tours"]

    assert [stop["order"] for stop in tour["stops"] if "order" in stop] == ["3"]
