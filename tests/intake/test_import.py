"""Importing into a real workspace: what goes in, what is told, and that nothing is half done."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.mappings.mapping import Fill, LeaveOut, Mapping
from app.connectors.feeds.tables.source import Limits
from app.domain.acts.orders import ApplySourcing
from app.domain.orders import OrderLine, OrderState
from app.domain.places import Located, Precision
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.domain.values import Address
from app.errors import EnvironmentProblem, Stopped
from app.operations.intake import correct_address, import_path, mapping_from, save_mapping, template
from app.operations.intake_report import FileReport, as_document, as_text
from app.workspace import Workspace
from db.journal import entries
from db.nodes import load_nodes, load_products
from db.orders import load_orders
from db.papers import load_mappings
from db.stock import load_stock
from tests.builders import LAMBERSART, LYON, NOW
from tests.intake.files import (
    NODES_CSV,
    ORDER_HEADER,
    ORDERS_CSV,
    OneTown,
    a_file,
    a_folder,
    a_workbook,
)


def take_in(workspace: Workspace, path: Path, **but: Any) -> list[FileReport]:
    """Import with a gazetteer that knows Lambersart alone."""
    return list(import_path(workspace, path, **({"gazetteer": OneTown()} | but)).files)


def counts(report: FileReport) -> tuple[int, int, int, int, int]:
    return (
        report.rows,
        report.accepted,
        report.updated,
        report.unchanged,
        len(report.rejected),
    )


def everything(workspace: Workspace) -> tuple[Any, ...]:
    """All that an import can change."""
    return (
        workspace.read(load_nodes),
        workspace.read(load_products),
        workspace.read(load_stock),
        workspace.read(load_orders),
        len(workspace.read(entries)),
    )


def allocate(workspace: Workspace, order: str = "480001") -> None:
    """Reserve the order's goods in Lille."""
    (found,) = workspace.read(load_orders, [order])
    decision = SourcingDecision(
        order,
        found.revision,
        OrderState.ALLOCATED,
        (SuggestedShipment("LIL", found.lines),),
        (),
        (),
        "near",
        1,
        NOW,
    )
    workspace.submit(ApplySourcing((decision,)))


def test_a_folder_goes_in_by_name_each_file_after_those_it_leans_on(
    workspace: Workspace, tmp_path: Path
):
    reports = take_in(workspace, a_folder(tmp_path))

    assert [report.kind for report in reports] == ["nodes", "products", "stock", "orders"]
    assert [counts(report) for report in reports] == [
        (1, 1, 0, 0, 0),
        (2, 2, 0, 0, 0),
        (2, 2, 0, 0, 0),
        (2, 2, 0, 0, 0),
    ]
    orders = workspace.read(load_orders)
    assert [order.code for order in orders] == ["480001", "480002"]
    assert orders[0].place is not None
    assert orders[0].place.point == LAMBERSART
    assert orders[1].place is None


def test_names_ignore_case_workbooks_are_as_good_and_strangers_are_listed(
    workspace: Workspace, tmp_path: Path
):
    folder = tmp_path / "day"
    folder.mkdir()
    a_file(folder, NODES_CSV, "Nodes.CSV")
    a_workbook(folder, [["sku"], ["SKU1"]], "PRODUCTS.xlsx")
    a_file(folder, b"%PDF", "invoice.pdf")
    a_file(folder, "", ".hidden")

    report = import_path(workspace, folder, gazetteer=OneTown())

    assert [(f.kind, f.accepted) for f in report.files] == [("nodes", 1), ("products", 1)]
    assert report.ignored == ("invoice.pdf",)


def test_importing_the_same_folder_twice_changes_nothing(workspace: Workspace, tmp_path: Path):
    folder = a_folder(tmp_path)
    take_in(workspace, folder)
    before = everything(workspace)

    again = take_in(workspace, folder)

    assert [(r.accepted, r.updated, r.unchanged) for r in again] == [
        (0, 0, 1),
        (0, 0, 2),
        (0, 0, 2),
        (0, 0, 2),
    ]
    assert everything(workspace) == before


def test_a_dry_run_tells_the_same_and_changes_nothing(workspace: Workspace, tmp_path: Path):
    folder = a_folder(tmp_path)
    before = everything(workspace)

    tried = take_in(workspace, folder, dry_run=True)

    assert everything(workspace) == before
    assert [counts(r) for r in tried] == [counts(r) for r in take_in(workspace, folder)]


def test_bad_rows_stay_out_while_the_good_ones_go_in(workspace: Workspace, tmp_path: Path):
    folder = a_folder(tmp_path, stock="node,sku,on_hand\nLIL,SKU1,10\nLIL,SKU2,-3\nPAR,SKU1,4\n")

    stock = take_in(workspace, folder)[2]

    assert counts(stock) == (3, 1, 0, 0, 2)
    assert [f.reason.code for f in stock.rejected] == ["too_small", "unknown_node"]
    assert [(c.sku, c.on_hand) for c in workspace.read(load_stock)] == [("SKU1", 10)]


def test_a_changed_order_is_updated_and_told_field_by_field(workspace: Workspace, tmp_path: Path):
    folder = a_folder(tmp_path)
    take_in(workspace, folder)
    a_file(folder, ORDERS_CSV.replace("Paul Roux", "Paule Roux"), "orders.csv")

    orders = take_in(workspace, folder)[3]

    assert counts(orders) == (2, 0, 1, 1, 0)
    (change,) = orders.changes
    assert (change.line, change.key, change.field) == (3, "480002", "customer")
    assert (change.before, change.after) == ("Paul Roux", "Paule Roux")


def test_a_line_that_is_gone_from_an_order_is_removed(workspace: Workspace, tmp_path: Path):
    first, second = (f"1,2026-11-24,home_delivery,{sku},1,A,,\n" for sku in ("SKU1", "SKU2"))
    folder = a_folder(tmp_path, orders=f"{ORDER_HEADER}\n{first}{second}")
    take_in(workspace, folder)
    a_file(folder, f"{ORDER_HEADER}\n{first}", "orders.csv")

    orders = take_in(workspace, folder)[3]

    assert counts(orders) == (1, 0, 1, 0, 0)
    assert workspace.read(load_orders)[0].lines == (OrderLine("SKU1", 1),)


@pytest.mark.parametrize("dry_run", [True, False])
def test_goods_already_allocated_are_not_changed_but_listed_for_a_decision(
    workspace: Workspace, tmp_path: Path, dry_run: bool
):
    folder = a_folder(tmp_path)
    take_in(workspace, folder)
    allocate(workspace)
    a_file(folder, ORDERS_CSV.replace("SKU1,1,Claire", "SKU1,5,Claire"), "orders.csv")

    orders = take_in(workspace, folder, dry_run=dry_run)[3]

    assert counts(orders) == (2, 0, 0, 1, 1)
    assert (orders.rejected[0].line, orders.rejected[0].reason.code) == (
        2,
        "order_already_allocated",
    )
    assert workspace.read(load_orders)[0].lines == (OrderLine("SKU1", 1, 0),)


def test_a_stock_file_that_takes_goods_away_says_whose(workspace: Workspace, tmp_path: Path):
    folder = a_folder(tmp_path)
    take_in(workspace, folder)
    allocate(workspace)
    a_file(folder, "node,sku,on_hand\nLIL,SKU1,0\n", "stock.csv")

    stock = take_in(workspace, folder)[2]

    assert counts(stock) == (1, 0, 1, 0, 0)
    assert [(note.value, note.reason.code) for note in stock.notes] == [("480001", "stock_gone")]
    assert workspace.read(load_orders)[0].state is OrderState.TO_SOURCE


def test_counts_are_rows_of_the_file_not_orders(workspace: Workspace, tmp_path: Path):
    rows = "".join(f"1,2026-11-24,home_delivery,{sku},1,A,,\n" for sku in ("SKU1", "SKU2", "SKU1"))
    folder = a_folder(tmp_path, orders=f"{ORDER_HEADER}\n{rows}")

    assert counts(take_in(workspace, folder)[3]) == (3, 3, 0, 0, 0)


def test_rows_that_a_mapping_leaves_out_are_counted_apart(workspace: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "sku,state\nA,on\nB,off\n")
    mapping = Mapping(
        "products", (("sku", Fill(("sku",))),), leave_out=(LeaveOut("state", ("off",)),)
    )

    (report,) = take_in(workspace, path, mapping=mapping)

    assert (*counts(report), report.left_out) == (2, 1, 0, 0, 0, 1)


class StopAfter:
    """Pressed when it was asked so many times."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("times", range(9))
def test_a_stopped_import_leaves_the_workspace_as_it_was(
    workspace: Workspace, tmp_path: Path, times: int
):
    before = everything(workspace)

    with pytest.raises(Stopped):
        take_in(workspace, a_folder(tmp_path), stop=StopAfter(times))

    assert everything(workspace) == before


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("step", ["asked", "judged", "marked"])
def test_an_import_that_is_killed_is_whole_or_was_never(folder: Path, tmp_path: Path, step: str):
    path = a_file(tmp_path, "sku\nA1\nA2\n", "products.csv")

    def fall(reached: str) -> None:
        if reached == step:
            raise Killed

    with Workspace.open(folder, checkpoint=fall) as cut, pytest.raises(Killed):
        import_path(cut, path)

    with Workspace.open(folder) as healed:
        assert len(healed.read(load_products)) == 2
        (report,) = import_path(healed, path).files
        assert counts(report) == (2, 0, 0, 2, 0)


def test_progress_names_the_file_and_never_runs_back(workspace: Workspace, tmp_path: Path):
    rows = "".join(f"A{number}\n" for number in range(5_000))
    path = a_file(tmp_path, f"sku\n{rows}", "products.csv")
    said: list[tuple[int, int, str]] = []

    take_in(workspace, path, progress=lambda done, total, best="": said.append((done, total, best)))

    assert [done for done, _, _ in said] == [0, 1_000, 2_000, 3_000, 4_000, 5_000]
    assert {(total, best) for _, total, best in said[:-1]} == {(5_000, "products.csv")}
    assert said[-1] == (5_000, 5_000, "")


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("stock_2026-11-24.csv", "", "stock"),
        ("export.csv", "stock", "stock"),
        ("export.csv", "", "stock"),
        ("orders.csv", "stock", "stock"),
    ],
)
def test_the_kind_is_said_or_told_by_name_or_by_columns(
    workspace: Workspace, tmp_path: Path, name: str, kind: str, expected: str
):
    take_in(workspace, a_folder(tmp_path))
    path = a_file(tmp_path, "node,sku,on_hand\nLIL,SKU1,4\n", name)

    (report,) = take_in(workspace, path, kind=kind)

    assert (report.kind, report.updated) == (expected, 1)


@pytest.mark.parametrize(
    ("name", "content", "kind", "code"),
    [
        ("what.csv", "x,y\n1,2\n", "", "unknown_kind"),
        ("stock.csv", "node,sku\n", "moons", "unknown_kind"),
        ("gone.csv", None, "stock", "not_a_file"),
        ("empty", "folder", "", "nothing_known"),
    ],
)
def test_what_cannot_be_imported_at_all_is_refused(
    workspace: Workspace, tmp_path: Path, name: str, content: str | None, kind: str, code: str
):
    if content == "folder":
        (tmp_path / name).mkdir()
    elif content is not None:
        a_file(tmp_path, content, name)

    def refused() -> str:
        try:
            report = import_path(workspace, tmp_path / name, kind=kind, gazetteer=OneTown())
        except Unreadable as unreadable:
            return unreadable.reason.code
        return report.files[0].rejected[0].reason.code

    assert refused() == code


def test_one_useless_file_of_a_folder_is_told_and_the_others_go_in(
    workspace: Workspace, tmp_path: Path
):
    folder = a_folder(tmp_path, stock="node,quantity\nLIL,4\n", vehicles="")
    (folder / "carriers.csv").mkdir()

    report = import_path(workspace, folder, gazetteer=OneTown())

    told = {f.kind: [x.reason.code for x in f.rejected] for f in report.files}
    assert told == {
        "nodes": [],
        "products": [],
        "carriers": ["not_a_file"],
        "vehicles": ["empty_file"],
        "stock": ["missing_columns"],
        "orders": [],
    }
    assert not report.nothing_usable


def test_when_nothing_can_be_used_the_document_says_refused(workspace: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "sku,weight_g\n,1\nA1,heavy\n", "products.csv")

    report = import_path(workspace, path)

    assert report.nothing_usable
    assert [r["code"] for r in as_document(report)["refused"]] == ["missing", "not_a_number"]


def test_a_header_without_rows_is_no_failure_and_is_noted(workspace: Workspace, tmp_path: Path):
    report = import_path(workspace, a_file(tmp_path, "sku\n", "products.csv"))

    assert not report.nothing_usable
    assert [note.reason.code for note in report.files[0].notes] == ["no_rows"]


def test_the_document_is_the_public_interfaces(workspace: Workspace, tmp_path: Path, english: None):
    path = a_file(tmp_path, "sku,weight_g,colour\nA1,heavy,red\nA2,3,blue\n", "products.csv")

    (file,) = as_document(import_path(workspace, path))["files"]

    assert {name: file[name] for name in ("file", "kind", "rows", "accepted", "updated")} == {
        "file": "products.csv",
        "kind": "products",
        "rows": 2,
        "accepted": 1,
        "updated": 0,
    }
    assert file["unchanged"] == 0
    assert file["rejected"] == [
        {
            "line": 2,
            "column": "weight_g",
            "value": "heavy",
            "code": "not_a_number",
            "text": "Line 2, weight_g “heavy”: not a number. Write digits, such as 12 or 12.5.",
        }
    ]
    assert file["unknown_columns"] == ["colour"]
    json.dumps(file)


def test_the_words_name_what_was_refused_and_what_nobody_reads(
    workspace: Workspace, tmp_path: Path, english: None
):
    path = a_file(tmp_path, "sku,weight_g,colour\nA1,heavy,red\nA2,3,blue\n", "products.csv")

    said = as_text(import_path(workspace, path, dry_run=True))

    assert "products.csv (products): 2 rows, new 1, refused 1" in said
    assert "Line 2, weight_g “heavy”" in said
    assert "colour" in said
    assert "nothing was changed" in said


def test_a_corrected_address_wins_for_the_next_order_to_it(workspace: Workspace, tmp_path: Path):
    folder = a_folder(tmp_path)
    take_in(workspace, folder)
    pin = Located(LYON, 1.0, Precision.PIN)

    correct_address(workspace, Address("", "59000", "LILLE", "FR"), pin)

    assert workspace.read(load_orders, ["480002"])[0].place == pin
    a_file(folder, ORDERS_CSV.replace("480002", "480003"), "orders.csv")
    take_in(workspace, folder)
    assert workspace.read(load_orders, ["480003"])[0].place == pin


class Base:
    """A base of addresses that answers, or is out of reach."""

    def __init__(self, place: Located | None = None) -> None:
        self.place = place
        self.asked = 0

    def locate(self, address: Address) -> Located | None:
        self.asked += 1
        if self.place is None:
            raise EnvironmentProblem("no_network", detail="timed out")
        return self.place


def test_a_base_of_addresses_is_believed_and_asked_once_for_an_address(
    workspace: Workspace, tmp_path: Path
):
    folder = a_folder(tmp_path)
    house = Located(LYON, 0.93, Precision.HOUSE, "12 rue X", "BAN")
    take_in(workspace, folder, geocoder=Base(house))
    assert [order.place for order in workspace.read(load_orders)] == [house, house]

    silent = Base()
    again = take_in(workspace, folder, geocoder=silent)

    assert again[3].unchanged == 2
    assert silent.asked == 0
    assert take_in(workspace, folder)[3].unchanged == 2


def test_a_base_out_of_reach_is_asked_once_and_towns_are_taken(
    workspace: Workspace, tmp_path: Path
):
    silent = Base()

    report = import_path(workspace, a_folder(tmp_path), geocoder=silent, gazetteer=OneTown())

    assert silent.asked == 1
    assert report.trouble is not None
    assert report.trouble.code == "geocoder_silent"
    assert workspace.read(load_orders)[0].place is not None


def test_asking_a_base_can_be_stopped_and_tells_how_far_it_is(workspace: Workspace, tmp_path: Path):
    folder, before = a_folder(tmp_path), everything(workspace)
    base = Base(Located(LYON, 0.9, Precision.HOUSE))
    said: list[tuple[int, str]] = []

    with pytest.raises(Stopped):
        take_in(
            workspace,
            folder,
            geocoder=base,
            progress=lambda done, total, best="": said.append((done, best)),
            stop=lambda: base.asked == 1,
        )

    assert (1, "Lambersart") in said
    assert base.asked == 1
    assert everything(workspace) == before


def test_the_better_of_base_and_gazetteer_is_taken(workspace: Workspace, tmp_path: Path):
    unsure = Located(LYON, 0.3, Precision.STREET, "", "BAN")

    take_in(workspace, a_folder(tmp_path), geocoder=Base(unsure))

    in_lambersart, elsewhere = workspace.read(load_orders)
    assert in_lambersart.place is not None
    assert in_lambersart.place.point == LAMBERSART
    assert elsewhere.place == unsure


def test_a_mapping_can_be_kept_and_read_from_a_file(workspace: Workspace, tmp_path: Path):
    mapping = Mapping("stock", (("node", Fill(("Magasin",))), ("sku", Fill(("Réf",)))))

    save_mapping(workspace, "logiciel de caisse", mapping)

    text = workspace.read(load_mappings)["logiciel de caisse"]
    assert mapping_from(a_file(tmp_path, text, "m.toml")) == mapping


def test_a_folder_with_a_mapping_takes_the_file_that_the_mapping_names(
    workspace: Workspace, tmp_path: Path
):
    folder = tmp_path / "day"
    folder.mkdir()
    a_file(folder, "Réf\nA1\n", "export.csv")
    fills = (("sku", Fill(("Réf",))),)

    (report,) = take_in(workspace, folder, mapping=Mapping("products", fills, "export.csv"))

    assert (report.file, report.accepted) == ("export.csv", 1)
    for outside in ("", "../export.csv", "gone.csv"):
        with pytest.raises(Unreadable):
            take_in(workspace, folder, mapping=Mapping("products", fills, outside))


def test_a_mapping_for_another_kind_is_refused(workspace: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "sku\nA1\n")

    with pytest.raises(Unreadable) as refusal:
        take_in(workspace, path, kind="stock", mapping=Mapping("products", ()))

    assert refusal.value.reason.code == "mapping_other_kind"


def test_a_template_is_given_for_a_kind_and_refused_for_what_is_none():
    csv_text, mapping_text = template("stock").csv, template("stock").mapping
    rules, nothing = template("rules").csv, template("rules").mapping

    assert csv_text.startswith("node,sku,on_hand,reserved,")
    assert 'kind = "stock"' in mapping_text
    assert "[sourcing]" in rules
    assert nothing == ""
    with pytest.raises(Unreadable):
        template("moons")
    with pytest.raises(Unreadable):
        template("")


def test_limits_are_the_callers_to_choose(workspace: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "sku\nA1\nA2\n", "products.csv")

    (report,) = take_in(workspace, path, limits=Limits(rows=1))

    assert [fault.reason.code for fault in report.rejected] == ["too_many_rows"]
    assert workspace.read(load_products) == {}


CELL = st.sampled_from(["LIL", "SKU1", "SKU2", "480001", "7", "-1", "", "x", "2026-11-24"])
ROWS = st.lists(st.tuples(CELL, CELL, CELL).map(",".join), max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, kind=st.sampled_from(["products", "stock"]))
def test_whatever_a_file_holds_its_second_import_changes_nothing(
    workspace: Workspace,
    tmp_path: Path,
    rows: list[str],
    kind: str,
):
    header = {"products": "sku,label,weight_g", "stock": "node,sku,on_hand"}[kind]
    path = a_file(tmp_path, "\n".join([header, *rows, ""]), "file.csv")
    tried = take_in(workspace, path, kind=kind, dry_run=True)
    (first,) = take_in(workspace, path, kind=kind)
    before = everything(workspace)

    (second,) = take_in(workspace, path, kind=kind)

    assert everything(workspace) == before
    assert counts(first) == counts(tried[0])
    assert first.accepted + first.updated + first.unchanged + len(first.rejected) == first.rows
    assert (second.accepted, second.updated) == (0, 0)
    assert second.rejected == first.rejected


def test_rules_go_in_first_and_count_as_one_row(workspace: Workspace, tmp_path: Path):
    folder = a_folder(tmp_path)
    a_file(folder, 'timezone = "Indian/Reunion"\n', "Rules.toml")

    reports = take_in(workspace, folder)

    assert [report.kind for report in reports][:2] == ["rules", "nodes"]
    assert counts(reports[0]) == (1, 1, 0, 0, 0)
    assert workspace.policy().timezone == "Indian/Reunion"
    placed_at = workspace.read(load_orders)[0].placed_at
    assert placed_at.isoformat() == "2026-11-24T04:00:00+00:00"
    assert counts(take_in(workspace, folder)[0]) == (1, 0, 0, 1, 0)
    assert workspace.policy().version == 1


def test_bad_rules_are_told_with_line_and_field_and_the_rest_goes_in(
    workspace: Workspace, tmp_path: Path, english: None
):
    folder = a_folder(tmp_path)
    a_file(folder, '\ntimezone = "Mars"\n', "rules.toml")

    report = import_path(workspace, folder, gazetteer=OneTown())

    (fault,) = report.files[0].rejected
    assert (fault.line, fault.column, fault.reason.code) == (2, "timezone", "bad_rules")
    assert report.files[4].accepted == 2
    assert workspace.policy().version == 0
    assert as_document(report)["files"][0]["rejected"][0]["text"].startswith("Line 2, timezone:")
