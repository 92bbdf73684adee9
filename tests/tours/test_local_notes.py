"""Local knowledge: notes that bind planning, hands and the judge; counted, journalled, undone."""

import json
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import run
from app.domain.acts.desk import PublishPolicy
from app.domain.acts.ground import WriteNote
from app.domain.fleet import Energy
from app.domain.knowledge import About, Note, fault_of, street_of, with_more_time
from app.domain.tours import Tour
from app.domain.travel import VehicleProfile
from app.errors import WhollyRefused
from app.operations import notes as book_of
from app.operations import touring
from app.operations.hand import hands_of
from app.operations.intake import import_path
from app.operations.why import why
from app.operations.why_chain import Link
from app.planning.tours.check import judge
from app.planning.tours.facts import Facts
from app.planning.tours.local_notes import noted_hours, with_notes
from app.planning.tours.solver import solve
from app.wording import sentence
from app.wording.notes import asks
from app.workspace import Workspace
from db.journal import entries
from db.notes import load_notes
from tests.builders import a_node, a_vehicle, at_door
from tests.tours.a_day import ON, PARIS, TRAVEL, Day, some_days
from tests.tours.test_touring import FREE, fill, planned, today

BIKE = a_vehicle("BIKE", energy=Energy.CARGO_BIKE, fixed_cost_cents=9_000)
TUESDAY, WEDNESDAY = 2, 3  # the day of these tests is a Tuesday


def note(about: About = About.CLIENT, subject: str = "Claire Delattre", **but: Any) -> Note:
    return Note(but.pop("code", ""), about, subject, **but)


def remember(workspace: Workspace, *notes: Note) -> None:
    for one in notes:
        book_of.write_note(workspace, one)


def tours(workspace: Workspace) -> tuple[Tour, ...]:
    return planned(workspace).drafts.tours


def left_out(workspace: Workspace) -> list[str]:
    return [r.code for one in planned(workspace).drafts.unplanned for r in one.reasons]


def judged(workspace: Workspace) -> set[str]:
    return {v.code for v in touring.check(workspace, on=ON).verdict.violations}


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """One order in the afternoon, a cheap van and a dear bike."""
    fill(workspace, today("1"), vehicles=(FREE, BIKE), nodes=(a_node(),))
    return workspace


def test_a_street_by_bike_only_is_brought_by_bike(desk: Workspace):
    assert [tour.vehicle for tour in tours(desk)] == ["V1"]

    only = frozenset({VehicleProfile.BIKE})
    remember(desk, note(About.STREET, "Rue de la Carnoy", postcode="59130", only=only))

    assert [tour.vehicle for tour in tours(desk)] == ["BIKE"]


def test_the_judge_keeps_to_notes_that_came_after_the_plan(desk: Workspace):
    tours(desk)
    assert judged(desk) == set()

    remember(desk, note(only=frozenset({VehicleProfile.BIKE})))

    assert judged(desk) == {"shut"}


def test_a_hand_is_held_to_notes_too(desk: Workspace):
    (tour,) = tours(desk)
    remember(desk, note(weekdays=frozenset({WEDNESDAY})))
    hands = hands_of(desk, ON)

    (visit,) = hands.problem.visits

    assert visit.shipment == tour.deliveries[0].shipment
    assert visit.never == {"V1", "BIKE"}


def test_a_stop_waits_for_the_hour_of_its_note(desk: Workspace):
    remember(desk, note(not_before=time(15, 30), not_after=time(16)))

    (tour,) = tours(desk)
    (stop,) = tour.deliveries

    assert stop.start.astimezone(PARIS).time() >= time(15, 30)
    assert stop.departure.astimezone(PARIS).time() <= time(16)
    assert judged(desk) == set()


def test_a_client_of_other_days_waits_and_the_reason_names_the_note(desk: Workspace, english: None):
    remember(desk, note(weekdays=frozenset({WEDNESDAY})))

    found = planned(desk).drafts

    assert found.tours == ()
    (why_not,) = found.unplanned[0].reasons
    assert sentence(why_not) == "Note N1 (Claire Delattre) keeps it for Wed."


def test_a_client_of_this_day_is_served(desk: Workspace):
    remember(desk, note(weekdays=frozenset({TUESDAY})))

    assert len(tours(desk)) == 1


def test_more_time_is_spent_once_for_several_orders_at_one_door(workspace: Workspace):
    fill(workspace, today("1"), today("2"), vehicles=(FREE,), nodes=(a_node(),))
    before_s = _at_doors_s(workspace)

    remember(workspace, note(About.PLACE, "12, RUE de la Carnoy", more_s=11 * 60))

    assert _at_doors_s(workspace) - before_s == 11 * 60
    assert judged(workspace) == set()


def test_a_plan_made_before_has_too_little_time_at_the_door(desk: Workspace):
    tours(desk)
    remember(desk, note(more_s=11 * 60))

    assert judged(desk) == {"service_short"}


def test_who_knows_the_area_comes_where_strangers_cost(workspace: Workspace):
    policy = workspace.policy()
    policy = replace(policy, touring=replace(policy.touring, unknown_area_cents=5_000))
    vans = (a_vehicle("A", fixed_cost_cents=0), a_vehicle("B", fixed_cost_cents=1_000))
    fill(workspace, today("1"), vehicles=vans, nodes=(a_node(),))
    workspace.submit(PublishPolicy(policy, ""))
    assert [tour.vehicle for tour in tours(workspace)] == ["A"]

    remember(workspace, note(About.VEHICLE, "B", areas=frozenset({"591"})))

    assert [tour.vehicle for tour in tours(workspace)] == ["B"]


def test_a_note_elsewhere_changes_nothing(desk: Workspace):
    nowhere = note(About.STREET, "rue de la Carnoy", postcode="59000", weekdays=frozenset({6}))
    remember(desk, nowhere, note(About.POSTCODE, "75", weekdays=frozenset({6})))

    assert len(tours(desk)) == 1


def test_notes_are_counted_by_the_stops_that_kept_to_them(desk: Workspace):
    remember(desk, note(weekdays=frozenset({TUESDAY})), note(About.POSTCODE, "75", more_s=60))
    tours(desk)

    used = {line.note.code: line.use for line in book_of.book(desk)}

    assert (used["N1"].stops, used["N1"].days) == (1, (ON,))
    assert (used["N2"].stops, used["N2"].days) == (0, ())


def test_a_plan_from_before_the_note_does_not_count(desk: Workspace):
    tours(desk)
    later = replace(note(code="N9", more_s=60), written_on=date(2026, 12, 1))

    desk.submit(WriteNote(later))  # as a file may bring it, with a date of its own

    assert book_of.book(desk)[0].use.stops == 0


def test_notes_are_numbered_signed_dated_and_undone(desk: Workspace, english: None):
    remember(desk, note(more_s=60), note(About.POSTCODE, "59", more_s=120))
    first, second = desk.read(load_notes)

    assert (first.code, second.code) == ("N1", "N2")
    assert (first.author, first.written_on) == ("c.vasseur", ON)
    said = [sentence(entry.summary) for entry in desk.read(entries)][:2]
    assert said == ["Note N2 written about 59", "Note N1 written about Claire Delattre"]

    desk.undo()
    assert [one.code for one in desk.read(load_notes)] == ["N1"]
    book_of.strike_note(desk, "N1")
    assert desk.read(load_notes) == []
    desk.undo()
    assert [one.code for one in desk.read(load_notes)] == ["N1"]


def test_why_names_the_notes_that_hold(desk: Workspace, english: None):
    kept = note(not_before=time(15), reason="closed over lunch")
    remember(desk, kept)
    tours(desk)

    (reason,) = why(desk, "1").link(Link.TOUR).reasons

    assert sentence(reason) == (
        "Because of note N1 (Claire Delattre): not before 15:00. closed over lunch"
        " (c.vasseur, 24/11/2026)"
    )


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (note(), "note_says_nothing"),
        (note(subject=" ", more_s=60), "note_about_nothing"),
        (note(About.VEHICLE, "V1"), "note_without_area"),
        (note(not_before=time(12), not_after=time(11)), "note_hours_cross"),
        (note(more_s=9 * 3600), "note_too_long"),
    ],
)
def test_a_note_that_cannot_hold_is_refused(workspace: Workspace, bad: Note, code: str):
    with pytest.raises(WhollyRefused) as refusal:
        book_of.write_note(workspace, bad)

    assert refusal.value.code == code
    assert fault_of(bad) is not None
    assert workspace.read(load_notes) == []


@pytest.mark.parametrize(
    "line",
    [
        "12 rue de la Carnoy",
        "12bis, Rue de la Carnoy",
        "3 ter RUE DE LA CARNOY",
        "rue de la carnoy",
    ],
)
def test_a_house_number_is_no_part_of_a_street(line: str):
    assert street_of(line) == "rue de la carnoy"


def test_a_street_named_after_a_day_keeps_its_number():
    assert street_of("4 rue du 8 Mai 1945") == "rue du 8 mai 1945"


@given(more_s=st.lists(st.integers(0, 3600), max_size=4), usual_s=st.integers(0, 600))
def test_of_several_notes_the_longest_time_counts_and_time_never_shrinks(
    more_s: list[int], usual_s: int
):
    door = at_door(setup_s=usual_s)
    notes = [note(About.POSTCODE, "59", code=f"N{n}", more_s=s) for n, s in enumerate(more_s)]

    assert with_more_time(door, notes).setup_s == usual_s + max(more_s, default=0)


@st.composite
def some_notes(draw: st.DrawFn, doors: int) -> Note:
    """A note about one of the day's doors, or about every one of them."""
    about = draw(st.sampled_from((About.CLIENT, About.POSTCODE)))
    subject = f"C{draw(st.integers(0, doors))}" if about is About.CLIENT else "59"
    first = draw(st.integers(7, 14))
    return note(
        about,
        subject,
        code=f"N{draw(st.integers(0, 99))}",
        only=draw(st.sampled_from((frozenset(), frozenset({VehicleProfile.BIKE})))),
        weekdays=draw(st.sampled_from((frozenset(), frozenset({TUESDAY}), frozenset({WEDNESDAY})))),
        not_before=draw(st.sampled_from((None, time(first)))),
        not_after=draw(st.sampled_from((None, time(first + draw(st.integers(1, 4)))))),
        more_s=draw(st.sampled_from((0, 660))),
    )


@settings(deadline=None, max_examples=25)
@given(day=some_days(doors=6, vehicles=2), data=st.data())
def test_whatever_is_noted_the_judge_finds_nothing_against_the_tours(day: Day, data: st.DataObject):
    doors = [replace(door, customer=f"C{number}") for number, door in enumerate(day.doors)]
    fleet = [*day.vehicles, a_vehicle("BIKE", energy=Energy.CARGO_BIKE)]
    notes = data.draw(st.lists(some_notes(len(doors)), max_size=3))
    day = replace(day, doors=[with_more_time(door, notes) for door in doors], vehicles=fleet)

    bound = with_notes(day.problem(), day.doors, fleet, notes, 500)
    plan = solve(bound, seconds=None, iterations=10)

    shut = noted_hours(day.doors, fleet, notes, ON, PARIS)
    touring_policy = day.policy.touring
    facts = Facts.of(day.doors, fleet, day.nodes, TRAVEL, PARIS, touring_policy, shut=shut)
    assert judge(plan, facts).violations == ()


def test_files_bring_notes_and_bad_rows_are_named(workspace: Workspace, tmp_path: Path):
    file = tmp_path / "notes.csv"
    file.write_text(
        "code;about;subject;postcode;only;days;not_before;more_minutes;reason\n"
        "N1;street;Rue de la Carnoy;59130;bike;;;;pavés\n"
        "N2;client;Claire Delattre;;;ma;10:00;11;\n"
        "N3;client;Paul Roux;;;;;;\n"
        "N4;planet;Mars;;;ma;;;\n",
        encoding="utf-8",
    )

    (report,) = import_path(workspace, file).files

    assert report.accepted == 2
    assert [(bad.line, bad.reason.code) for bad in report.rejected] == [
        (4, "note_says_nothing"),
        (5, "not_one_of"),
    ]
    one, two = workspace.read(load_notes)
    assert (one.only, one.reason) == (frozenset({VehicleProfile.BIKE}), "pavés")
    assert (two.weekdays, two.not_before, two.more_s) == (frozenset({2}), time(10), 660)
    (again,) = import_path(workspace, file).files
    assert again.unchanged == 2


def test_the_command_writes_lists_and_strikes_out(
    desk: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
):
    desk.close()
    words = ["--data", str(folder), "--lang", "en", "--json", "notes"]
    assert (
        run([*words, "--client", "Claire Delattre", "--days", "Tu", "--not-before", "10:00"]) == 0
    )
    made = json.loads(capsys.readouterr().out)
    assert run([*words, "--strike", "N1"]) == 0
    struck = json.loads(capsys.readouterr().out)

    (told,) = made["notes"]
    assert (told["note"], told["text"], told["used"]) == ("N1", "only on Tue, not before 10:00", 0)
    assert struck["notes"] == []


@pytest.mark.parametrize(
    "words",
    [("--only", "bike"), ("--client", "A", "--vehicle", "V"), ("--days", "Xx", "--client", "A")],
)
def test_a_command_that_says_too_little_or_too_much_is_wrong_usage(
    workspace: Workspace, folder: Path, words: tuple[str, ...]
):
    workspace.close()

    assert run(["--data", str(folder), "--lang", "en", "notes", *words]) == 2


def test_every_part_of_a_note_is_said(english: None):
    whole = note(
        only=frozenset(VehicleProfile),
        weekdays=frozenset({1, 5}),
        not_before=time(9),
        not_after=time(11, 30),
        more_s=660,
    )

    assert asks(whole) == (
        "only bikes, lorries, vans, only on Mon, Fri, not before 09:00, not after 11:30,"
        " 11\u00a0min more at the door"
    )


def _at_doors_s(workspace: Workspace) -> float:
    """Seconds spent at all doors of the day's tours."""
    stops = [stop for tour in tours(workspace) for stop in tour.deliveries]
    return sum((stop.departure - stop.start).total_seconds() for stop in stops)
