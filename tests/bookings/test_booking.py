"""Booking a day in a real workspace: immutable batches, files written again byte for byte."""

import csv
import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from app.domain.carriers import Batch, Panel
from app.domain.orders import Mode, ShipmentState
from app.errors import EnvironmentProblem, Stopped, UnknownSubject
from app.operations import booking
from app.operations.booking import BookingRun, as_document, book
from app.operations.carriage import allocate
from app.workspace import Workspace
from db.bookings import load_batches
from db.orders import load_shipments
from tests.bookings.a_day import TODAY, bring_in, heavy, source_from, today, two_carriers
from tests.builders import NOW, a_panel, a_pickup_point, a_service

FORMATS = ("generic_csv", "generic_xlsx", "manifest_pdf")


def a_day(workspace: Workspace, panel: Panel | None = None) -> None:
    """Three light orders from two nodes and a heavy one, with their carriers chosen."""
    light = [today(code) for code in ("480001", "480002", "480003")]
    bulky = heavy("480004")
    bring_in(workspace, panel or two_carriers(), *light, bulky)
    source_from(workspace, "LIL", *light[:2], bulky)
    source_from(workspace, "RBX", light[2])
    allocate(workspace, TODAY, apply=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def by_reference(run: BookingRun) -> dict[str, tuple[str, ...]]:
    return {file.reference: file.shipments for file in run.files}


def test_each_carrier_gets_a_batch_for_each_node_in_every_format(
    workspace: Workspace, tmp_path: Path
):
    a_day(workspace)

    run = book(workspace, TODAY, tmp_path / "out")

    assert by_reference(run) == {
        "DEX-00001": ("480001-1", "480002-1"),
        "DEX-00002": ("480003-1",),
        "NFT-00001": ("480004-1",),
    }
    assert [file.format for file in run.files] == [*FORMATS] * 3
    assert run.new == ("DEX-00001", "DEX-00002", "NFT-00001")
    assert {s.state for s in workspace.read(load_shipments)} == {ShipmentState.BOOKED}


def test_files_lie_in_the_folder_as_the_batch_keeps_them(workspace: Workspace, tmp_path: Path):
    a_day(workspace)

    run = book(workspace, TODAY, tmp_path / "out")

    kept = {f.file_name: f.content for batch in workspace.read(load_batches) for f in batch.files}
    assert contents(tmp_path / "out") == kept
    for file in run.files:
        assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
    assert "generic_LIL_20261124T094200_DEX-00001.csv" in kept


def test_the_files_say_who_gets_what(workspace: Workspace, tmp_path: Path, english: None):
    a_day(workspace)

    run = book(workspace, TODAY, tmp_path)

    by_format = {file.format: file for file in run.files if file.reference == "DEX-00001"}
    text = by_format["generic_csv"].path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["shipment"] for row in rows] == ["480001-1", "480002-1"]
    assert {row["phone"] for row in rows} == {"+33612345678"}
    assert {row["deliver_from"] for row in rows} == {"2026-11-24T09:42+01:00"}
    page = pypdf.PdfReader(by_format["manifest_pdf"].path).pages[0].extract_text()
    assert "480002-1" in page
    assert "Deûle Express" in page


def test_booking_again_writes_the_same_bytes_and_no_new_batch(workspace: Workspace, tmp_path: Path):
    a_day(workspace)
    first = book(workspace, TODAY, tmp_path / "one")

    again = book(workspace, TODAY, tmp_path / "two")

    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert (again.new, again.entry) == ((), "")
    assert by_reference(again) == by_reference(first)
    assert len(workspace.read(load_batches)) == 3


def test_what_is_allocated_later_goes_into_new_batches_with_the_next_numbers(
    workspace: Workspace, tmp_path: Path
):
    a_day(workspace)
    book(workspace, TODAY, tmp_path / "out")
    before = contents(tmp_path / "out")
    late = today("480009")
    bring_in(workspace, two_carriers(), late)
    source_from(workspace, "LIL", late)
    allocate(workspace, TODAY, apply=True)

    run = book(workspace, TODAY, tmp_path / "out")

    assert run.new == ("DEX-00003",)
    assert by_reference(run)["DEX-00003"] == ("480009-1",)
    assert contents(tmp_path / "out").items() > before.items()


def test_one_carrier_or_one_format_may_be_asked_for(workspace: Workspace, tmp_path: Path):
    a_day(workspace)

    nordfret = book(workspace, TODAY, tmp_path, carrier="NFT", format="manifest_pdf")
    rest = book(workspace, TODAY, tmp_path, format="generic_csv")

    assert [(f.reference, f.format) for f in nordfret.files] == [("NFT-00001", "manifest_pdf")]
    assert rest.new == ("DEX-00001", "DEX-00002")
    assert {file.format for file in rest.files} == {"generic_csv"}
    assert len(book(workspace, TODAY, tmp_path).files) == 9


@pytest.mark.parametrize("wrong", [{"carrier": "ABC"}, {"format": "telex"}])
def test_an_unknown_carrier_or_format_is_refused(
    workspace: Workspace, tmp_path: Path, wrong: dict[str, str]
):
    a_day(workspace)

    with pytest.raises(UnknownSubject):
        book(workspace, TODAY, tmp_path, **wrong)
    assert workspace.read(load_batches) == []


def test_a_faulty_line_blocks_only_itself(workspace: Workspace, tmp_path: Path, english: None):
    panel = two_carriers()
    sound, nameless = today("480001"), today("480002", customer="")
    unreachable = heavy("480003", phone="")
    bring_in(workspace, panel, sound, nameless, unreachable)
    source_from(workspace, "LIL", sound, nameless, unreachable)
    allocate(workspace, TODAY, apply=True)

    run = book(workspace, TODAY, tmp_path)

    assert by_reference(run) == {"DEX-00001": ("480001-1",)}
    assert as_document(run)["blocked"] == [
        {
            "shipment": "480002-1",
            "field": "name",
            "code": "name_missing",
            "text": "The consignee has no name.",
            "proposal": "Ask the customer for a name; none is made up.",
        },
        {
            "shipment": "480003-1",
            "field": "phone",
            "code": "phone_missing",
            "text": "There is no phone number; this service needs one.",
            "proposal": "Ask the customer for a phone number; none is made up.",
        },
    ]
    states = {s.code: s.state for s in workspace.read(load_shipments)}
    assert states["480002-1"] is ShipmentState.CARRIER_CHOSEN


def test_the_document_names_files_by_where_they_lie(workspace: Workspace, tmp_path: Path):
    a_day(workspace)

    document = as_document(book(workspace, TODAY, tmp_path, carrier="NFT", format="generic_csv"))

    (file,) = document["files"]
    assert Path(file["file"]).is_absolute()
    assert Path(file["file"]).read_bytes()
    assert file | {"file": "", "sha256": ""} == {
        "file": "",
        "carrier": "NFT",
        "format": "generic_csv",
        "reference": "NFT-00001",
        "sha256": "",
        "shipments": ["480004-1"],
    }
    assert document["blocked"] == []


def test_goods_for_relays_and_stores_are_addressed_to_them(workspace: Workspace, tmp_path: Path):
    panel = a_panel(
        services=(a_service(modes=frozenset({Mode.HOME_DELIVERY, Mode.PICKUP_POINT})),),
        pickup_points=(a_pickup_point(),),
    )
    relay = today("480001", mode=Mode.PICKUP_POINT, pickup_point="DEX-1")
    transfer = today("480002", mode=Mode.CLICK_AND_COLLECT, collect_node="RBX")
    bring_in(workspace, panel, relay, transfer)
    source_from(workspace, "LIL", relay)
    source_from(workspace, "LIL", transfer, to_node="RBX")
    allocate(workspace, TODAY, apply=True)

    run = book(workspace, TODAY, tmp_path, format="generic_csv")

    text = run.files[0].path.read_text(encoding="utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (first["name"], first["pickup_point"], first["postcode"]) == (
        "Claire Delattre",
        "DEX-1",
        "59800",
    )
    assert (second["name"], second["street1"], second["town"]) == (
        "Store RBX",
        "Grande Rue",
        "Roubaix",
    )


def test_a_relay_we_know_by_its_code_alone_is_asked_for_at_the_customers_address(
    workspace: Workspace, tmp_path: Path
):
    panel = a_panel(services=(a_service(modes=frozenset({Mode.PICKUP_POINT})),))
    chosen = today("480001", mode=Mode.PICKUP_POINT, pickup_point="PR-12")
    open_choice = today("480002", mode=Mode.PICKUP_POINT)
    bring_in(workspace, panel, chosen, open_choice)
    source_from(workspace, "LIL", chosen)
    source_from(workspace, "LIL", open_choice)
    allocate(workspace, TODAY, apply=True)

    run = book(workspace, TODAY, tmp_path, format="generic_csv")

    text = run.files[0].path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["pickup_point"], row["town"]) for row in rows] == [
        ("PR-12", "Lambersart"),
        ("", "Lambersart"),
    ]


def test_a_carriers_own_profile_lies_in_the_workspace(workspace: Workspace, tmp_path: Path):
    (workspace.folder / "carriers").mkdir()
    own = 'name = "nord"\nformats = ["manifest_pdf"]\nfile_name = "OT-{reference}"\n'
    (workspace.folder / "carriers" / "NFT.toml").write_text(own, encoding="utf-8")
    a_day(workspace)

    run = book(workspace, TODAY, tmp_path, carrier="NFT")

    assert {file.path.name for file in run.files} == {"OT-NFT-00001.csv", "OT-NFT-00001.pdf"}


def test_a_day_without_carriers_gives_nothing_and_no_entry(workspace: Workspace, tmp_path: Path):
    bring_in(workspace, two_carriers(), today("480001"))
    source_from(workspace, "LIL", today("480001"))

    run = book(workspace, TODAY, tmp_path)

    assert (run.files, run.new, run.entry) == ((), (), "")


def test_stop_leaves_nothing_sent(workspace: Workspace, tmp_path: Path):
    a_day(workspace)

    with pytest.raises(Stopped):
        book(workspace, TODAY, tmp_path / "out", stop=lambda: True)

    assert workspace.read(load_batches) == []
    assert contents(tmp_path / "out") == {}


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_sent(
    workspace: Workspace, tmp_path: Path
):
    a_day(workspace)
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(EnvironmentProblem):
        book(workspace, TODAY, tmp_path / "file")

    assert workspace.read(load_batches) == []


class Killed(BaseException):
    """The process is gone: nothing after this line runs."""


@pytest.mark.parametrize("written", range(5))
def test_cut_off_while_writing_the_next_run_finishes_with_the_same_bytes(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
):
    a_day(workspace)
    out, left = tmp_path / "out", written
    real = booking.write_durably

    def dies(file: Path, content: bytes) -> None:
        nonlocal left
        if left == 0:
            file.with_name(f"{file.name}.tmp").write_bytes(content[:10])
            raise Killed
        left -= 1
        real(file, content)

    with monkeypatch.context() as patch:
        patch.setattr(booking, "write_durably", dies)
        with pytest.raises(Killed):
            book(workspace, TODAY, out)
    batches: list[Batch] = workspace.read(load_batches)

    run = book(workspace, TODAY, out)

    assert run.new == ()
    assert workspace.read(load_batches) == batches
    kept = {file.file_name: file.content for batch in batches for file in batch.files}
    assert contents(out) == kept


def test_cut_off_while_keeping_the_batches_nothing_is_sent(folder: Path, tmp_path: Path):
    def cut(step: str) -> None:
        if step == "marked" and armed:
            raise Killed

    armed = False
    with Workspace.open(folder, user="test", clock=lambda: NOW, checkpoint=cut) as workspace:
        a_day(workspace)
        armed = True
        with pytest.raises(Killed):
            book(workspace, TODAY, tmp_path / "out")
        armed = False

    with Workspace.open(folder, user="test", clock=lambda: NOW) as again:
        run = book(again, TODAY, tmp_path / "out")
        kept = again.read(load_batches)

    assert len({batch.reference for batch in kept}) == 3
    assert contents(tmp_path / "out").keys() == {f.file_name for b in kept for f in b.files}
    assert len(run.files) == 9


def test_a_name_that_is_a_formula_reaches_no_spreadsheet_as_one(
    workspace: Workspace, tmp_path: Path
):
    order = replace(today("480001"), customer="=cmd|' /C calc'!A0")
    bring_in(workspace, two_carriers(), order)
    source_from(workspace, "LIL", order)
    allocate(workspace, TODAY, apply=True)

    run = book(workspace, TODAY, tmp_path, format="generic_csv")

    text = run.files[0].path.read_text(encoding="utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert row["name"] == "'=cmd|' /C calc'!A0"
