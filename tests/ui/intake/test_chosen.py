"""Which files are to be imported, and what a person says of each."""

from dataclasses import replace
from pathlib import Path

from app.connectors.feeds.faults import Fault
from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.domain.reasons import because
from app.operations.intake_choice import FoundFile
from app.operations.intake_report import FileReport
from app.ui.intake.chosen import Chosen
from app.ui.intake.tally import Tally, tally

NODES = FoundFile(Path("d/nodes.csv"), "nodes")
STOCK = FoundFile(Path("d/stock.csv"), "stock")
STRANGE = FoundFile(Path("d/notes.csv"), expected=False)
MAPPING = Mapping("stock", (("node", Fill(("M",))),))


def chosen(*files: FoundFile) -> Chosen:
    made = Chosen()
    made.add(files)
    return made


def kinds(state: Chosen) -> list[str]:
    return [job.kind_name for job in state.jobs]


def test_files_are_imported_in_the_order_in_which_one_leans_on_another():
    state = chosen(STOCK, STRANGE, NODES)

    assert kinds(state) == ["nodes", "stock"]
    assert [job.path for job in state.before(STOCK.path)] == [NODES.path]
    assert state.before(NODES.path) == ()


def test_the_first_file_that_is_understood_is_looked_at():
    assert chosen(STRANGE, STOCK).current == STOCK.path
    assert chosen(STRANGE).current == STRANGE.path
    assert chosen().at is None


def test_what_nobody_expected_waits_until_a_person_takes_it():
    state = chosen(STOCK, replace(STRANGE, kind="products"))
    assert kinds(state) == ["stock"]

    state.take(STRANGE.path, taken=True)
    assert kinds(state) == ["products", "stock"]


def test_saying_what_a_file_holds_takes_it_and_forgets_how_it_was_read():
    state = chosen(replace(STRANGE, kind="orders", mapping=MAPPING, mapping_name="ERP"))

    state.say_kind(STRANGE.path, "products")

    assert state.at is not None
    assert (state.at.file.kind, state.at.file.mapping, state.at.taken) == ("products", None, True)
    assert state.at.file.mapping_name == ""


def test_a_mapping_by_hand_is_not_overwritten_by_a_suggestion():
    state = chosen(STOCK)
    state.say_mapping(STOCK.path, MAPPING, by_hand=True)

    state.suggest(STOCK.path, Mapping("stock", (("sku", Fill(("R",))),)))

    assert state.at is not None
    assert state.at.file.mapping == MAPPING
    assert state.at.by_hand


def test_a_suggestion_fills_what_only_says_how_the_file_is_written():
    state = chosen(STOCK)
    state.say_mapping(STOCK.path, Mapping("stock", (), encoding="CP850"))

    state.suggest(STOCK.path, replace(MAPPING, encoding="CP850"))

    assert state.jobs[0].mapping == replace(MAPPING, encoding="CP850")


def test_any_change_makes_every_report_uncertain():
    state = chosen(NODES, STOCK)
    reports = {NODES.path: FileReport("nodes.csv", "nodes"), STOCK.path: FileReport("s", "stock")}
    state.report(reports, {STOCK.path: Tally(3, {"sku": 3})})
    assert state.wishes[1].tally.faults == 3
    assert all(wish.report is not None for wish in state.wishes)

    state.take(NODES.path, taken=False)

    assert [wish.report for wish in state.wishes] == [None, None]


def test_an_unreadable_file_is_shown_and_left_out():
    trouble = Fault(0, "", "", because("pdf_file", file="bill.csv"))
    state = chosen(STOCK, FoundFile(Path("d/bill.csv"), trouble=trouble))

    assert kinds(state) == ["stock"]
    assert len(state.wishes) == 2


def test_the_next_file_is_looked_at_when_one_is_dropped():
    state = chosen(NODES, STOCK)

    state.remove(NODES.path)
    assert state.current == STOCK.path
    state.remove(STOCK.path)
    assert state.current is None


def test_every_fault_of_a_line_is_counted_under_its_column():
    second = Fault(2, "qty", "x", because("not_a_number"))
    faults = [
        Fault(2, "sku", "A", because("unknown_sku", sku="A"), (second,)),
        Fault(3, "qty", "y", because("not_a_number")),
        Fault(0, "", "", because("open_quote")),
    ]

    counted = tally(faults)

    assert counted.faults == 4
    assert dict(counted.by_column) == {"sku": 1, "qty": 2}
