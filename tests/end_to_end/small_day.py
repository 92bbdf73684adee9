"""A script that runs Régie, and the small day it works on: files as people keep them."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.cli import run

DAY = "2026-03-04"
#: Two days before: the policy promises what was ordered then for the day.
AT = ("--at", "2026-03-02T12:00:00+01:00")

NODES = """code;name;kind;latitude;longitude;street;postcode;town;timezone
LES;Entrepôt Lesquin;warehouse;50,5890;3,1120;1 rue A;59810;Lesquin;
RBX;Roubaix;store;50,6910;3,1740;2 rue B;59100;Roubaix;
REU;Saint-Denis;store;-20,8800;55,4500;3 rue C;97400;Saint-Denis;Indian/Reunion
"""
PRODUCTS = [("sku", "label", "weight_g"), ("TEA", "Théière", 1_200), ("BOWL", "Bol", 300)]
STOCK = """node,sku,on_hand,as_of
LES,TEA,10,2026-03-02T07:00
LES,BOWL,6,2026-03-02T07:00
REU,BOWL,1,2026-03-02T07:00+04:00
"""
VEHICLES = "code,depot,capacity_kg,cost_per_km_cents\nV1,LES,500,35\n"
ORDERS = """order;placed_at;mode;sku;quantity;customer;street;postcode;town;phone;latitude;\
longitude;collect_node
1;2026-03-02T10:00;home_delivery;TEA;1;Élise;1 rue D;59000;Lille;0601020304;50,64;3,07;
1;2026-03-02T10:00;home_delivery;BOWL;2;Élise;1 rue D;59000;Lille;0601020304;50,64;3,07;
2;2026-03-02T10:05;home_delivery;BOWL;1;Bo;2 rue E;59000;Lille;0601020304;;;
3;2026-03-02T10:05;click_and_collect;BOWL;1;Cleo;;;;0601020304;;;RBX
4;2026-03-02T10:05;pickup_point;BOWL;1;Dan;4 rue F;59100;Roubaix;0601020304;;;
5;2026-03-02T10:05;home_delivery;TEA;1;Eve;;;Nulle-Part-Ici;0601020304;;;
6;2026-03-02T10:05;home_delivery;TEA;30;Fay;6 rue G;59000;Lille;0601020304;50,64;3,08;
"""

COLUMNS = {
    "nodes": "code name kind latitude longitude street postcode town country opening_hours services"
    " orders_per_day preparation_minutes cutoff active timezone",
    "products": "sku label weight_g length_mm width_mm height_mm volume_ml handling ean",
    "stock": "node sku on_hand reserved blocked safety_stock inbound inbound_at in_transit"
    " in_transit_at as_of",
    "orders": "order placed_at mode sku quantity unit_price_cents customer street postcode town"
    " country latitude longitude phone email promised_from promised_to wish_from wish_to"
    " pickup_point collect_node service_minutes note also_from also_to ready_at floor lift group",
    "vehicles": "code label depot fuel critair capacity_kg capacity_l capacity_parcels shift_from"
    " shift_to max_km break_minutes break_from break_to fixed_cost_cents cost_per_km_cents"
    " cost_per_hour_cents co2e_g_per_km skills reloads loading_minutes reload_minutes"
    " max_work_minutes overtime_minutes overtime_cost_per_hour_cents start_latitude start_longitude"
    " end_latitude end_longitude comes_home service_percent areas gross_weight_kg driver",
    "carriers": "code name siren account street postcode town country phone booking_format active",
    "services": "carrier code label kind modes max_weight_g max_length_mm max_girth_mm max_pieces"
    " max_value_cents handling days cutoff transit_days quota_per_day energy co2e_g_per_km"
    " co2e_g_per_tkm emission_level valid_from valid_to",
    "zones": "carrier zone country department postcode_prefix insee",
    "tariffs": "carrier service version currency valid_from valid_to zone unit from_excl to_incl"
    " kind amount_cents step minimum_cents",
    "surcharges": "carrier service code label rank kind amount applies_to condition valid_from"
    " valid_to",
    "pickup_points": "code carrier name latitude longitude street postcode town country"
    " opening_hours max_weight_g capacity_parcels active",
}


@dataclass(frozen=True)
class Said:
    """What a command answered: its status, standard output and standard error."""

    status: int
    out: str
    beside: str

    @property
    def document(self) -> dict[str, Any]:
        """The one document there is: anything else on standard output fails here."""
        told = json.loads(self.out)
        assert isinstance(told, dict)
        return told

    @property
    def refused(self) -> list[str]:
        assert self.status == 3
        assert all(one["text"] for one in self.document["refused"])
        return [one["code"] for one in self.document["refused"]]


def regie(folder: Path, *words: object, speak: str = "en", as_json: bool = True) -> Said:
    """Run a command as `python -m app` does."""
    asked = ["--data", str(folder), "--lang", speak, *(["--json"] if as_json else [])]
    out, beside = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(beside):
        status = run([*asked, *map(str, words)])
    return Said(status, out.getvalue(), beside.getvalue())


def done(folder: Path, *words: object) -> dict[str, Any]:
    """The document of a command that is to succeed."""
    said = regie(folder, *words)
    assert said.status == 0, said.beside
    return said.document


def write_files(folder: Path) -> Path:
    """A small day as people keep it: Windows-1252, semicolons, decimal commas, a workbook."""
    folder.mkdir()
    (folder / "nodes.csv").write_bytes(NODES.encode("cp1252"))
    (folder / "orders.csv").write_bytes(ORDERS.encode("cp1252"))
    (folder / "stock.csv").write_text(STOCK, encoding="utf-8-sig")
    (folder / "vehicles.csv").write_text(VEHICLES, encoding="utf-8")
    book = Workbook()
    for row in PRODUCTS:
        book.active.append(row)
    book.save(folder / "products.xlsx")
    return folder


def entries(folder: Path) -> list[dict[str, Any]]:
    return done(folder, "journal")["entries"]


def moment(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    assert read.tzinfo is not None
    return read
