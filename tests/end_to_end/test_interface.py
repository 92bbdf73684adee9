"""The public interface, used as a script would: documents, files, statuses, words."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path

import pytest

from app.cli import run
from app.workspace import Workspace
from tests.end_to_end.small_day import (
    AT,
    COLUMNS,
    DAY,
    ORDERS,
    done,
    entries,
    moment,
    regie,
    write_files,
)

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("small") / "files")


@pytest.fixture(scope="module")
def stages(
    files: Path, empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """The workspace as each step of the chain left it, each step taken once."""
    home = tmp_path_factory.mktemp("stages")
    steps: list[tuple[str, list[tuple[object, ...]]]] = [
        ("taken_in", [("import", files)]),
        ("sourced", [("source", "--apply")]),
        ("planned", [("plan", "--date", DAY, "--seconds", 1, "--apply")]),
        ("carried", [("demo", "--only", "carriers"), ("allocate", "--date", DAY, "--apply")]),
        ("booked", [("book", "--date", DAY, "--out", home / "out")]),
    ]

    def stage(name: str) -> Path:
        folder = home / name
        if folder.exists():
            return folder
        at = [step for step, _ in steps].index(name)
        before = empty_workspace if at == 0 else stage(steps[at - 1][0])
        shutil.copytree(before, home / f"{name}.part")
        for words in steps[at][1]:
            done(home / f"{name}.part", *AT, *words)
        (home / f"{name}.part").rename(folder)
        return folder

    return stage


@pytest.fixture
def at_stage(stages: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Path]:
    """A copy of a stage for a test that goes on from there."""

    def own(name: str) -> Path:
        return Path(shutil.copytree(stages(name), tmp_path / name))

    return own


# --- files in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_template_has_the_columns_that_are_promised(empty_workspace: Path, kind: str):
    made = done(empty_workspace, "template", kind)

    assert set(COLUMNS[kind].split()) <= set(made["csv"].strip().split(","))
    assert made["kind"] == kind
    assert f'kind = "{kind}"' in made["mapping"]


def test_a_template_can_be_written_as_files(empty_workspace: Path, tmp_path: Path):
    made = done(empty_workspace, "template", "stock", "--out", tmp_path / "mine")

    assert [Path(file).name for file in made["files"]] == ["stock.csv", "stock.toml"]
    assert Path(made["files"][0]).read_text(encoding="utf-8") == made["csv"]
    assert regie(empty_workspace, "template", "moons").refused == ["unknown_kind"]


def test_a_folder_is_taken_in_file_by_file_and_twice_changes_nothing(folder: Path, files: Path):
    first = done(folder, *AT, "import", files)["files"]
    journal = entries(folder)
    again = done(folder, *AT, "import", files)["files"]

    assert [file["kind"] for file in first] == ["nodes", "products", "vehicles", "stock", "orders"]
    for file in first:
        assert {"file", "kind", "rows", "accepted", "updated", "unchanged", "rejected"} <= set(file)
        assert (file["accepted"], file["updated"], file["rejected"]) == (file["rows"], 0, [])
    assert [file["unchanged"] for file in again] == [file["rows"] for file in first]
    assert entries(folder) == journal


def test_bad_rows_are_listed_while_the_good_ones_go_in(folder: Path, files: Path, tmp_path: Path):
    done(folder, *AT, "import", files)
    bad = tmp_path / "orders.csv"
    bad.write_text(
        "order,placed_at,mode,sku,quantity,town,colour\n"
        "7,2026-03-02T10:00,home_delivery,TEA,1,Lille,red\n"
        "8,2026-03-02T10:00,home_delivery,TEA,1,Lille,red\n"
        "8,2026-03-02T10:00,home_delivery,NONE,1,Lille,red\n"
        "9,2026-03-02T10:00,home_delivery,TEA,1,Lille,red\n"
        "9,2026-03-02T11:00,home_delivery,BOWL,1,Lille,red\n",
        encoding="utf-8",
    )

    (told,) = done(folder, *AT, "import", bad)["files"]

    assert (told["rows"], told["accepted"]) == (5, 1)
    assert [(one["line"], one["column"], one["code"]) for one in told["rejected"]] == [
        (3, "order", "order_incomplete"),
        (4, "sku", "unknown_sku"),
        (5, "order", "order_incomplete"),
        (6, "placed_at", "rows_disagree"),
    ]
    assert all(one["text"] for one in told["rejected"])
    assert told["rejected"][1]["value"] == "NONE"
    assert told["unknown_columns"] == ["colour"]


def test_a_try_changes_nothing(folder: Path, files: Path):
    told = done(folder, *AT, "import", files, "--dry-run")

    assert told["files"][0]["accepted"] == 3
    assert entries(folder) == []


def test_of_a_folder_only_the_kind_that_is_asked_for(folder: Path, files: Path):
    told = done(folder, *AT, "import", files, "--kind", "nodes")

    assert [file["kind"] for file in told["files"]] == ["nodes"]
    assert regie(folder, "import", files, "--kind", "zones").refused == ["nothing_known"]


def test_a_strangers_layout_comes_in_through_a_mapping(folder: Path, tmp_path: Path):
    (tmp_path / "theirs.csv").write_text("Ref;Poids\nTEA;1,2\n", encoding="utf-8")
    (tmp_path / "m.toml").write_text(
        'kind = "products"\n[columns]\nsku = "Ref"\nweight_g = { from = "Poids", unit = "kg" }\n',
        encoding="utf-8",
    )

    words = ("import", tmp_path / "theirs.csv", "--mapping", tmp_path / "m.toml")
    (told,) = done(folder, *AT, *words)["files"]

    assert (told["kind"], told["accepted"], told["rejected"]) == ("products", 1, [])


def test_what_holds_nothing_usable_is_refused(folder: Path, tmp_path: Path):
    orphan = tmp_path / "stock.csv"
    orphan.write_text("node,sku,on_hand\nNONE,NONE,1\n", encoding="utf-8")

    assert regie(folder, "import", orphan).refused == ["unknown_node"]
    assert regie(folder, "import", tmp_path / "absent.csv").refused == ["not_a_file"]


def test_the_lines_of_an_order_are_those_of_the_file_unless_it_has_its_node(
    at_stage: Callable[[str], Path], tmp_path: Path
):
    folder = at_stage("taken_in")
    one_line = tmp_path / "orders.csv"
    header, first, *_rest = ORDERS.splitlines()
    one_line.write_text(f"{header}\n{first}\n", encoding="utf-8")

    (told,) = done(folder, *AT, "import", one_line)["files"]
    assert told["updated"] == 1
    done(folder, *AT, "source", "--apply")
    one_line.write_text(f"{header}\n{first.replace('TEA;1', 'BOWL;1')}\n", encoding="utf-8")

    said = regie(folder, *AT, "import", one_line)

    assert said.refused == ["order_already_allocated"]


# --- the chain --------------------------------------------------------------------------------


def test_every_open_order_has_its_answer_and_nothing_is_written_unasked(
    stages: Callable[[str], Path],
):
    folder = stages("taken_in")
    journal = entries(folder)

    told = done(folder, *AT, "source", "--method", "rules", "--seconds", 5, "--seed", 3)

    by_code = {order["order"]: order for order in told["orders"]}
    assert list(by_code) == ["1", "2", "3", "4", "5", "6"]
    statuses = {code: order["status"] for code, order in by_code.items()}
    assert statuses == {
        **dict.fromkeys("1234", "allocated"),
        "5": "to_source",
        "6": "partially_allocated",
    }
    assert by_code["1"]["shipments"] == [
        {
            "node": "LES",
            "lines": [{"sku": "BOWL", "quantity": 2}, {"sku": "TEA", "quantity": 1}],
        }
    ]
    assert by_code["3"]["shipments"][0]["to_node"] == "RBX"
    assert by_code["5"]["reasons"][0]["code"] == "address_to_check"
    assert all(r["code"] and r["text"] for order in told["orders"] for r in order["reasons"])
    summary = told["summary"]
    assert (summary["orders"], summary["allocated"], summary["partially_allocated"]) == (6, 4, 1)
    assert (summary["queued"], summary["offered"], summary["unfillable"]) == (0, 0, 0)
    assert isinstance(summary["cost_cents"], int)
    assert (summary["bound_cents"], summary["gap"]) == (None, None)
    assert entries(folder) == journal


def test_the_optimum_says_how_good_it_is(stages: Callable[[str], Path]):
    folder = stages("taken_in")
    ruled = done(folder, *AT, "source")

    told = done(folder, *AT, "source", "--method", "optimal", "--seconds", 20, "--seed", 3)

    assert [order["order"] for order in told["orders"]] == list("123456")
    summary = told["summary"]
    assert isinstance(summary["bound_cents"], int)
    assert 0 < summary["bound_cents"] <= summary["cost_cents"] <= summary["rules_cents"]
    assert summary["gap"] == 0
    assert summary["allocated"] >= ruled["summary"]["allocated"]


def test_applied_sourcing_holds_the_stock_and_leaves_the_rest_open(
    stages: Callable[[str], Path],
):
    folder = stages("sourced")

    rows = {(r["node"], r["sku"]): r for r in done(folder, "stock")["rows"]}
    again = done(folder, *AT, "source")

    assert (rows["LES", "BOWL"]["reserved"], rows["LES", "BOWL"]["available"]) == (5, 1)
    assert (rows["LES", "TEA"]["reserved"], rows["LES", "TEA"]["available"]) == (10, 0)
    assert [order["order"] for order in again["orders"]] == ["5", "6"]
    assert [order["shipments"] for order in again["orders"]] == [[], []]


def test_a_plan_says_each_stop_in_the_time_of_its_depot(stages: Callable[[str], Path]):
    folder = stages("sourced")
    journal = entries(folder)

    told = done(folder, *AT, "plan", "--date", DAY, "--seconds", 1, "--seed", 7, "--depot", "LES")

    (tour,) = told["tours"]
    assert (tour["tour"], tour["vehicle"], tour["depot"]) == (f"{DAY}-T1", "V1", "LES")
    assert moment(tour["start"]).utcoffset() == timedelta(hours=1)
    assert set(tour["load"]) == {"weight_g", "volume_ml", "parcels"}
    whole = ("distance_m", "drive_s", "cost_cents", "co2e_g")
    assert all(isinstance(tour[name], int) for name in whole)
    kinds = [stop["kind"] for stop in tour["stops"]]
    assert (kinds[0], kinds[-1], set(kinds[1:-1])) == ("depart", "return", {"delivery"})
    for stop in tour["stops"]:
        assert moment(stop["arrival"]) <= moment(stop["start"]) <= moment(stop["departure"])
        assert {"latitude", "longitude", "waiting_s", "late_s", "window"} <= set(stop)
        assert ("order" in stop) == ("shipment" in stop) == (stop["kind"] == "delivery")
    first = tour["stops"][1]
    assert first["shipment"] == f"{first['order']}-1"
    assert [moment(end).isoformat() for end in first["window"]] == first["window"]
    assert {stop["order"] for stop in tour["stops"][1:-1]} == {"1", "2", "6"}
    assert {
        *("tours", "stops", "unplanned", "left_to_carriers", "distance_m", "drive_s", "work_s"),
        *("cost_cents", "co2e_g", "late_s"),
    } <= set(told["summary"])
    assert (told["summary"]["tours"], told["summary"]["stops"]) == (1, 3)
    assert entries(folder) == journal


@pytest.mark.parametrize("day", ["1999-12-31", "2026-03-03", "2250-01-01"])
def test_any_day_can_be_asked_for_even_one_without_anything(
    stages: Callable[[str], Path], tmp_path: Path, day: str
):
    folder = stages("sourced")

    assert done(folder, "plan", "--date", day, "--seconds", 1)["tours"] == []
    assert done(folder, "check", "--date", day)["feasible"]
    assert done(folder, "allocate", "--date", day)["shipments"] == []
    assert done(folder, "book", "--date", day, "--out", tmp_path)["files"] == []
    assert len(done(folder, "review", "--date", day, "--out", tmp_path)["files"]) == 2
    assert done(folder, "validate", "--date", day)["entries"] == []


def test_a_few_moves_are_told_with_their_gain_and_done_with_apply(
    stages: Callable[[str], Path], tmp_path: Path
):
    folder = Path(shutil.copytree(stages("planned"), tmp_path / "gentle"))
    before = done(folder, "plan", "--date", DAY, "--gentle", 0)
    words = (*AT, "plan", "--date", DAY, "--gentle", 3, "--within", 600)

    told, applied = done(folder, *words), done(folder, *words, "--apply")

    assert before["moves"] == []
    assert told == applied
    gained = sum(move["cost_cents"] for move in told["moves"])
    assert told["summary"]["cost_cents"] == before["summary"]["cost_cents"] + gained
    assert sum(len(move["stops"]) for move in told["moves"]) <= 3
    assert done(folder, "check", "--date", DAY)["feasible"]


def test_planning_again_keeps_stops_on_their_vehicles_where_that_is_wanted(
    stages: Callable[[str], Path],
):
    folder = stages("planned")
    words = (*AT, "plan", "--date", DAY)

    kept = done(folder, *words, "--gentle", 0)["tours"]
    again = done(folder, *words, "--seconds", 1, "--keep", "vehicles")["tours"]

    def seats(tours: list[dict[str, object]]) -> set[tuple[object, ...]]:
        return {(t["tour"], t["vehicle"], s.get("shipment")) for t in tours for s in t["stops"]}

    assert seats(again) == seats(kept)


def test_a_plan_can_be_judged_as_it_is_or_as_somebody_changed_it(
    stages: Callable[[str], Path], tmp_path: Path
):
    folder, file = stages("planned"), tmp_path / "plan.json"
    plan = done(stages("sourced"), *AT, "plan", "--date", DAY, "--seconds", 1)
    file.write_text(json.dumps(plan), encoding="utf-8")

    assert done(folder, "check", "--date", DAY)["feasible"]
    assert done(folder, "check", "--plan", file) | {"summary": {}} == {
        "feasible": True,
        "violations": [],
        "summary": {},
    }
    plan["tours"][0]["stops"][1]["order"] = "3"
    plan["tours"][0]["cost_cents"] += 1
    file.write_text(json.dumps(plan), encoding="utf-8")
    judged = done(folder, "check", "--plan", file)

    assert not judged["feasible"]
    assert [violation["code"] for violation in judged["violations"]] == [
        "other_order",
        "cost_differs",
    ]
    for violation in judged["violations"]:
        assert {"code", "text", "tour", "stop", "amount", "limit"} <= set(violation)
    assert regie(folder, "check", "--plan", tmp_path / "absent.json").refused == ["bad_file"]


def test_no_step_of_the_chain_takes_another(stages: Callable[[str], Path]):
    sourced = stages("sourced")

    allocated = done(sourced, *AT, "allocate", "--date", DAY)["shipments"]

    assert [one["shipment"] for one in allocated] == ["1-1", "2-1", "3-1", "4-1", "6-1"]
    assert all(one["carrier"] is None for one in allocated)


def test_what_rides_on_no_tour_gets_a_carrier_line_by_line(stages: Callable[[str], Path]):
    told = done(stages("carried"), *AT, "allocate", "--date", DAY)

    assert [one["shipment"] for one in told["shipments"]] == ["3-1", "4-1"]
    for one in told["shipments"]:
        assert one["carrier"]
        assert one["service"]
        lines = one["quote"]["lines"]
        assert one["quote"]["total_cents"] == sum(line["cents"] for line in lines)
        for refused in one["refused"]:
            assert {"carrier", "service", "code", "text"} <= set(refused)
    assert told["summary"]["allocated"] == 2
    assert told["shipments"][1]["service"] == "RELAIS"


def test_bookings_are_files_that_never_change(stages: Callable[[str], Path], tmp_path: Path):
    folder = stages("booked")

    again = done(folder, *AT, "book", "--date", DAY, "--out", tmp_path / "again")

    assert again["files"]
    for file in again["files"]:
        assert {"file", "carrier", "format", "reference", "sha256", "shipments"} <= set(file)
        first = stages("booked").parent / "out" / Path(file["file"]).name
        assert Path(file["file"]).read_bytes() == first.read_bytes()
    formats = {file["format"] for file in again["files"]}
    assert formats == {"generic_csv", "generic_xlsx", "manifest_pdf"}
    assert sorted({code for file in again["files"] for code in file["shipments"]}) == ["3-1", "4-1"]
    only = ("--carrier", "HIR", "--format", "generic_csv")
    narrow = done(folder, *AT, "book", "--date", DAY, "--out", tmp_path / "narrow", *only)
    assert {file["format"] for file in narrow["files"]} == {"generic_csv"}
    first_file = Path(narrow["files"][0]["file"])
    rows = list(csv.DictReader(first_file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0]["shipment"] in ("3-1", "4-1")
    for wrong in (("--carrier", "NONE"), ("--format", "none")):
        said = regie(folder, "book", "--date", DAY, "--out", tmp_path, *wrong)
        assert said.refused == ["unknown_subject"]


def test_what_no_carrier_would_understand_is_told_with_a_proposal(
    at_stage: Callable[[str], Path], tmp_path: Path
):
    folder = at_stage("carried")
    nameless = tmp_path / "orders.csv"
    nameless.write_text(
        "order,placed_at,mode,sku,quantity,postcode,town\n"
        "9,2026-03-02T10:00,home_delivery,BOWL,1,59000,Lille\n",
        encoding="utf-8",
    )
    done(folder, *AT, "import", nameless)
    done(folder, *AT, "source", "--apply")
    done(folder, *AT, "allocate", "--date", DAY, "--apply")

    blocked = done(folder, *AT, "book", "--date", DAY, "--out", tmp_path / "out")["blocked"]

    assert {one["shipment"] for one in blocked} == {"9-1"}
    assert "name_missing" in {one["code"] for one in blocked}
    assert all(one["text"] and one["proposal"] for one in blocked)


def test_a_supervisor_gets_a_page_a_document_and_road_sheets(
    stages: Callable[[str], Path], tmp_path: Path
):
    told = done(stages("booked"), *AT, "review", "--date", DAY, "--out", tmp_path)

    names = [Path(file).name for file in told["files"]]
    assert names == [f"review-{DAY}.html", f"review-{DAY}.pdf", f"{DAY}-T1.pdf"]
    assert all(Path(file).stat().st_size for file in told["files"])
    assert (told["figures"]["tours"], told["figures"]["on_tour"]) == (1, 2)


def test_why_tells_five_links_for_any_order(stages: Callable[[str], Path]):
    folder = stages("booked")
    for order in "123456":
        links = done(folder, "why", order)["links"]
        assert [link["link"] for link in links] == ["order", "node", "carrier", "tour", "time"]
        assert all({"chosen", "rejected", "margin", "flip"} <= set(link) for link in links)
        assert links[0]["chosen"]["order"] == order

    (_, node, carrier, tour, time) = done(folder, "why", "1")["links"]
    assert (node["chosen"]["node"], tour["chosen"]["tour"]) == ("LES", f"{DAY}-T1")
    assert carrier["chosen"]["carrier"] == "own_fleet"
    assert moment(time["chosen"]["time"]).utcoffset() == timedelta(hours=1)
    assert regie(folder, "why", "none").refused == ["unknown_subject"]


# --- figures and the tester -------------------------------------------------------------------


def test_stock_is_told_in_the_time_of_its_node(stages: Callable[[str], Path]):
    folder = stages("taken_in")

    (row,) = done(folder, "stock", "--node", "REU", "--sku", "BOWL")["rows"]

    counters = ("on_hand", "reserved", "blocked", "safety_stock", "inbound", "in_transit")
    assert [row[name] for name in (*counters, "available")] == [1, 0, 0, 0, 0, 0, 1]
    assert row["as_of"] == "2026-03-02T07:00:00+04:00"
    assert row["provisional"] is False
    assert len(done(folder, "stock")["rows"]) == 3
    assert regie(folder, "stock", "--node", "NONE").refused == ["unknown_subject"]
    assert regie(folder, "stock", "--sku", "NONE").refused == ["unknown_subject"]


def test_the_tester_prices_every_service_or_says_why_not(stages: Callable[[str], Path]):
    folder = stages("carried")
    words = ("quote", "--to", "59000", "--weight-g", 31_000, "--pieces", 2, "--on", DAY)

    told = done(folder, *AT, *words)

    assert told["quotes"]
    for quote in told["quotes"]:
        assert quote["total_cents"] == sum(line["cents"] for line in quote["lines"])
    assert {"HIR STD"} <= {f"{one['carrier']} {one['service']}" for one in told["refused"]}
    assert all(one["code"] and one["text"] for one in told["refused"])
    only = done(folder, *AT, *words, "--carrier", "NFT", "--country", "BE", "--from", "RBX")
    assert {quote["carrier"] for quote in only["quotes"]} == {"NFT"}
    assert only["node"] == "RBX"


# --- agreeing and looking after ---------------------------------------------------------------


def test_a_day_is_agreed_step_by_step_and_each_step_can_be_taken_back(
    at_stage: Callable[[str], Path],
):
    folder, tour = at_stage("planned"), f"{DAY}-T1"
    for command in ("validate", "publish", "close"):
        told = done(folder, *AT, command, "--date", DAY)
        assert told["tours"] == [tour]
        (entry,) = told["entries"]
        assert (entry["entry"], entry["kind"]) == (told["entry"], "tour_state")
        assert entry["text"]
    assert regie(folder, "publish", "--date", DAY, "--tour", "T1").refused == ["already_agreed"]
    assert regie(folder, "validate", "--date", DAY, "--tour", "T9").refused == ["unknown_subject"]

    undo, undone = done(folder, *AT, "undo")["entries"]

    assert (undo["kind"], undone["undone_by"]) == ("undo", undo["entry"])
    assert done(folder, *AT, "close", "--date", DAY, "--tour", "T1")["tours"] == [tour]
    assert regie(folder, "undo", "none").refused == ["unknown_subject"]


def test_what_moved_on_since_is_refused_with_its_name(at_stage: Callable[[str], Path]):
    folder = at_stage("planned")
    sourced = next(line for line in entries(folder) if line["kind"] == "source")

    said = regie(folder, *AT, "undo", sourced["entry"])

    assert said.refused == ["already_planned"]
    assert said.document["refused"][0]["shipment"] in said.beside


def test_the_journal_tells_who_did_what_since_when(stages: Callable[[str], Path]):
    folder = stages("sourced")
    lines = entries(folder)

    assert [line["kind"] for line in lines] == ["source", *["import"] * 5]
    for line in lines:
        assert line["actor"]
        assert line["text"]
        assert line["at"] == "2026-03-02T12:00:00+01:00"
    assert done(folder, "journal", "--since", "2026-03-02T11:00:00Z")["entries"] == lines
    assert done(folder, "journal", "--since", "2026-03-02T12:00:01")["entries"] == []


def test_a_backup_brings_back_what_was_there(at_stage: Callable[[str], Path], tmp_path: Path):
    folder = at_stage("sourced")
    before = done(folder, "verify")
    copy = done(folder, "backup", "--to", tmp_path / "copy")
    done(folder, *AT, "undo")

    done(folder, "restore", copy["backup"])

    assert (copy["findings"], done(folder, "verify")) == ([], before)
    assert before | {"head": ""} == {"entries": 6, "head": "", "ok": True, "findings": []}
    assert len(before["head"]) == 64
    assert regie(tmp_path / "new", "restore").refused == ["no_backup"]


def test_a_doctor_looks_at_the_machine(folder: Path, tmp_path: Path):
    told = done(folder, "doctor")
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert told["ok"]
    assert all(one["code"] and one["text"] for one in told["findings"])
    assert regie(tmp_path / "file", "doctor").status == 4


# --- the demonstration ------------------------------------------------------------------------


def test_a_demonstration_is_as_large_as_asked_and_the_same_for_a_seed(folder: Path, tmp_path: Path):
    size = ("--orders", 20, "--nodes", 3, "--vehicles", 2, "--seed", 5, "--date", "2026-06-10")

    first, second = (done(place, "demo", *size) for place in (folder, tmp_path / "twin"))

    assert first == second
    counts = first["counts"]
    assert (counts["orders"], counts["nodes"], counts["vehicles"]) == (20, 3, 2)
    sourced = done(folder, "source")
    assert sourced == done(tmp_path / "twin", "source")
    assert moment(entries(folder)[0]["at"]).isoformat()[:16] == "2026-06-10T09:42"


def test_the_demonstrations_carriers_serve_a_workspace_anywhere(folder: Path, tmp_path: Path):
    brazil = tmp_path / "brazil"
    brazil.mkdir()
    for name, text in {
        "rules.toml": 'timezone = "America/Sao_Paulo"\ncountry = "BR"\ncurrency = "BRL"\n',
        "nodes.csv": "code,name,kind,latitude,longitude\nSP,São Paulo,warehouse,-23.55,-46.63\n",
        "products.csv": "sku\nP\n",
        "stock.csv": "node,sku,on_hand\nSP,P,9\n",
        "orders.csv": "order,placed_at,mode,sku,quantity,town,latitude,longitude\n"
        "1,2018-03-05T10:00,home_delivery,P,1,Campinas,-22.9,-47.06\n"
        "2,2018-03-05T10:00,pickup_point,P,1,Campinas,-22.9,-47.06\n",
    }.items():
        (brazil / name).write_text(text, encoding="utf-8")
    at = ("--at", "2018-03-05T12:00:00-03:00")
    done(folder, *at, "import", brazil)
    done(folder, *at, "source", "--apply")

    counts = done(folder, *at, "demo", "--only", "carriers")["counts"]
    told = done(folder, *at, "allocate", "--date", "2018-03-07")

    assert set(counts) == {
        *("carriers", "services", "zones", "tariffs", "surcharges", "pickup_points")
    }
    assert all(counts.values())
    assert [one["carrier"] for one in told["shipments"]] == ["HIR", "HIR"]
    with Workspace.open(folder) as opened:
        assert not opened.is_demonstration


def test_a_part_of_a_demonstration_that_finds_no_ground_is_refused(folder: Path):
    said = regie(folder, "demo", "--only", "orders", "--orders", 5)

    assert set(said.refused) == {"unknown_sku"}
    assert said.document["counts"] == {"orders": 0}


# --- statuses and words -----------------------------------------------------------------------


def test_a_lock_is_laid_down_listed_minded_and_taken_off(at_stage: Callable[[str], Path]):
    folder = at_stage("sourced")
    laid = done(folder, "lock", "--date", DAY, "--shipment", "1-1", "--time", "10:15")

    (lock,) = laid["locks"]
    assert lock["code"] == f"{DAY}/at//1-1"
    assert lock["at"] == f"{DAY}T10:15:00+01:00"
    assert laid["entry"]
    assert done(folder, "lock", "--date", DAY)["locks"] == laid["locks"]
    plan = done(folder, "plan", "--date", DAY, "--seconds", "1", "--apply")
    starts = [s["start"] for t in plan["tours"] for s in t["stops"] if s.get("shipment") == "1-1"]
    assert starts == [lock["at"]]
    assert done(folder, "unlock", lock["code"])["locks"] == []
    assert regie(folder, "unlock", lock["code"]).refused == ["unknown_subject"]


def test_locks_that_cannot_all_hold_are_refused_by_name(at_stage: Callable[[str], Path]):
    folder = at_stage("sourced")
    done(folder, "lock", "--date", DAY, "--shipment", "1-1", "--vehicle", "V1")

    said = regie(folder, "lock", "--date", DAY, "--shipment", "1-1", "--not-vehicle", "V1")

    assert said.refused == ["locks_contradict"]
    (refused,) = said.document["refused"]
    assert refused["text"] == "These cannot all hold: 1-1 not on V1; 1-1 on V1."
    assert refused["locks"] == f"{DAY}/not_vehicle/V1/1-1, {DAY}/vehicle/V1/1-1"


@pytest.mark.parametrize(
    "words",
    [
        ("plan",),
        ("plan", "--date", "2026-02-30"),
        ("plan", "--date", "0001-01-01"),
        ("plan", "--date", DAY, "--seconds", "nan"),
        ("plan", "--date", DAY, "--seconds", "0"),
        ("plan", "--date", DAY, "--seed", "-1"),
        ("plan", "--date", DAY, "--gentle", "-1"),
        ("plan", "--date", DAY, "--gentle", "3", "--depot", "LES"),
        ("plan", "--date", DAY, "--within", "15"),
        ("plan", "--date", DAY, "--keep", "nothing"),
        ("plan", "--date", DAY, "--keep", "tours", "--gentle", "3"),
        ("source", "--method", "magic"),
        ("check", "--date", DAY, "--plan", "x"),
        ("book", "--date", DAY),
        ("quote", "--to", "59000", "--weight-g", "heavy"),
        ("quote", "--to", "59000", "--weight-g", "100", "--pieces", "0"),
        ("journal", "--since", "yesterday"),
        ("demo", "--orders", "-1"),
        ("demo", "--nodes", "0"),
        ("demo", "--only", "moons"),
        ("--at", "noon", "stock"),
        ("stock", "--nod", "LES"),
        ("lock", "--date", DAY, "--vehicle", "V1"),
        ("lock", "--date", DAY, "--shipment", "1-1"),
        ("lock", "--date", DAY, "--shipment", "1-1", "--together"),
        ("lock", "--date", DAY, "--shipment", "1-1", "--time", "noon"),
        ("lock", "--date", DAY, "--shipment", "1-1", "--apart", "--first", "V1"),
        ("dance",),
        (),
    ],
)
def test_a_misread_command_line_ends_with_two_and_one_document(
    empty_workspace: Path, words: tuple[str, ...]
):
    said = regie(empty_workspace, *words)

    assert said.status == 2
    assert said.document["trouble"]["code"] == "usage"
    assert said.document["trouble"]["text"] in said.beside
    assert "usage: regie" in said.beside
    assert "Traceback" not in said.beside


def test_a_folder_open_elsewhere_ends_with_four(folder: Path):
    with Workspace.open(folder):
        said = regie(folder, "stock")

    assert said.status == 4
    assert said.document["trouble"]["code"] == "workspace_locked"
    assert regie(folder, "stock").status == 0


def test_a_damaged_folder_ends_with_four_and_says_what_to_do(at_stage: Callable[[str], Path]):
    folder = at_stage("taken_in")
    (folder / "mirror.db").write_bytes(b"no database" * 1_000)

    said = regie(folder, "stock")

    assert said.status == 4
    assert said.document["trouble"]["code"] == "damaged_database"
    assert "regie restore" in said.beside


def test_a_folder_that_cannot_be_written_ends_with_four(
    stages: Callable[[str], Path], tmp_path: Path
):
    (tmp_path / "file").write_text("", encoding="utf-8")
    for words in (
        ("book", "--date", DAY, "--out", tmp_path / "file"),
        ("review", "--date", DAY, "--out", tmp_path / "file" / "deep"),
        ("sheets", "--date", DAY, "--out", tmp_path / "file" / "deep"),
        ("backup", "--to", tmp_path / "file" / "deep"),
    ):
        said = regie(stages("sourced"), *words)
        assert said.status == 4
        assert said.document["trouble"]["text"] in said.beside
    assert regie(tmp_path / "file", "stock").status == 4


@pytest.mark.parametrize(
    ("words", "english"),
    [
        (("--help",), ""),
        (("plan", "--help"), ""),
        (("demo", "--help"), ""),
        (("plan",), "the following arguments are required"),
        (("dance",), "invalid choice"),
        (("check", "--date", DAY, "--plan", "x"), "not allowed with argument"),
        (("check",), "one of the arguments"),
        (("stock", "--node"), "expected one argument"),
        (("stock", "extra"), "unrecognized arguments"),
    ],
)
def test_help_and_misuse_are_in_french_for_the_french(
    empty_workspace: Path, words: tuple[str, ...], english: str
):
    def spoken(language: str) -> str:
        if "--help" not in words:
            return regie(empty_workspace, *words, speak=language, as_json=False).beside
        out = io.StringIO()
        with redirect_stdout(out), pytest.raises(SystemExit) as left:
            run(["--lang", language, *words])
        assert left.value.code == 0
        return out.getvalue()

    french, in_english = spoken("fr"), spoken("en")

    assert french.startswith("usage\u00a0: regie")
    assert english in in_english
    assert not english or english not in french
    for foreign in ("show this help", "positional arguments", "usage: ", "show the version"):
        assert foreign not in french


def test_every_command_speaks_both_languages(stages: Callable[[str], Path], tmp_path: Path):
    folder = stages("booked")
    for words in (
        ("source",),
        ("plan", "--date", DAY, "--seconds", 1),
        ("check", "--date", DAY),
        ("allocate", "--date", DAY),
        ("why", "1"),
        ("stock",),
        ("quote", "--to", "59000", "--weight-g", 500),
        ("journal",),
        ("verify",),
        ("doctor",),
        ("template", "stock"),
    ):
        english, french = (
            regie(folder, *AT, *words, speak=tongue, as_json=False) for tongue in ("en", "fr")
        )
        assert (english.status, french.status) == (0, 0)
        assert english.out.strip()
        assert french.out != english.out, words


def test_the_real_program_keeps_its_answer_apart_from_all_else(stages: Callable[[str], Path]):
    def program(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "app", "--data", str(stages("sourced")), *words],
            cwd=PROJECT,
            env={**os.environ, "LANG": "C", "PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    answer = program("--json", *AT, "plan", "--date", DAY, "--seconds", "1")
    refused = program("why", "none", "--lang", "en")

    assert answer.returncode == 0
    assert answer.stdout.count("\n") == 1
    assert json.loads(answer.stdout)["summary"]["tours"] == 1
    assert "100 %" in answer.stderr
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr == "There is no order “none”.\n"


def test_who_stops_reading_gets_no_complaint(stages: Callable[[str], Path]):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        ended = subprocess.run(
            [sys.executable, "-m", "app", "--data", str(stages("sourced")), "--json", "stock"],
            cwd=PROJECT,
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (ended.returncode, ended.stderr) == (0, b"")
