"""Past days decided again by other rules: what would have changed, and nothing by the same ones."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.cli import run as run_command
from app.connectors.policy_file import write_policy
from app.domain.acts.desk import PublishPolicy
from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine
from app.domain.policy import Policy, Rating, RuleSet, SourcingPolicy
from app.domain.sourcing_record import Decider
from app.errors import Stopped
from app.operations.policy import publish_policy, rules_text
from app.operations.replay import Replay, as_document, replay
from app.operations.sourcing import accept, assign, source
from app.operations.sourcing_ground import Ground
from app.operations.sourcing_record import recorded
from app.operations.sourcing_together import source_together
from app.workspace import Workspace
from db.journal import entries
from tests.builders import LAMBERSART, LILLE, NOW, a_cell, a_node, a_product, an_order
from tests.sourcing.asking import PARIS
from tests.sourcing.test_invariants import Day, days

TODAY = NOW.date()


class Desk:
    """A workspace whose clock moves on."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.workspace = Workspace.open(folder, user="c.vasseur", clock=lambda: self.now)

    def take_in(self, kind: str, *rows: object) -> None:
        self.workspace.submit(ImportRows(kind, f"{kind}s.csv", rows))

    def replay(self, policy: Policy, days_back: int = 0) -> Replay:
        last = self.now.date()
        return replay(self.workspace, policy, last - timedelta(days=days_back), last)


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """Lambersart is near with few pieces, Lille farther with many."""
    made = Desk(folder)
    made.take_in("node", a_node("LAM", LAMBERSART), a_node("LIL", LILLE))
    made.take_in("product", a_product())
    made.take_in("stock", a_cell("LAM", on_hand=4), a_cell("LIL", on_hand=40))
    yield made
    made.workspace.close()


def rules(*ratings: tuple[Rating, float], **but: object) -> Policy:
    rule = RuleSet("one", "One", ratings=ratings or ((Rating.DISTANCE, 1.0),), **but)
    return Policy(sourcing=SourcingPolicy(chain=(rule,)))


KEEPING = rules((Rating.KEEP_STOCK, 1.0))


def a_day_of_work(desk: Desk) -> None:
    """Two runs: three orders, then two more an hour later."""
    desk.take_in("order", *(an_order(f"48000{n}") for n in (1, 2, 3)))
    source(desk.workspace, apply=True)
    desk.now += timedelta(hours=1)
    desk.take_in("order", an_order("480004"), an_order("480005"))
    source(desk.workspace, apply=True)


def test_the_rules_in_force_change_nothing(desk: Desk):
    a_day_of_work(desk)

    found = desk.replay(desk.workspace.policy())

    assert (found.runs, found.effect.orders, found.unlike) == (2, 5, 0)
    assert found.effect.moved == ()
    assert found.effect.before == found.effect.after


def test_a_day_is_decided_again_by_the_rules_of_then_whatever_is_in_force_now(desk: Desk):
    then = desk.workspace.policy()
    a_day_of_work(desk)
    text = rules_text(desk.workspace).replace("distance = 0.9", "distance = 0.0")
    publish_policy(desk.workspace, text)

    assert desk.replay(then).effect.moved == ()
    assert desk.replay(desk.workspace.policy()).effect.moved


def test_what_would_have_changed_is_listed_with_both_reasons(desk: Desk):
    a_day_of_work(desk)

    found = desk.replay(KEEPING)

    first = found.effect.moved[0]
    assert (first.order, first.before.nodes, first.after.nodes) == ("480001", ("LAM",), ("LIL",))
    assert first.before.reasons[0]["node"] == "LAM"
    assert first.after.reasons[0]["node"] == "LIL"
    assert found.effect.after.cost_cents > found.effect.before.cost_cents
    assert found.effect.after.distance_m > found.effect.before.distance_m


def test_pieces_that_other_rules_left_are_there_for_their_later_decisions(desk: Desk):
    """Lambersart's four pieces: by the rules of then they went in the morning."""
    desk.take_in("order", *(an_order(f"48000{n}") for n in (1, 2, 3, 4)))
    source(desk.workspace, apply=True)
    desk.now += timedelta(hours=1)
    desk.take_in("order", an_order("480009", lines=(OrderLine("SKU1", 1, 90_000),)))
    source(desk.workspace, apply=True)
    far = RuleSet("far", nodes=frozenset({"LIL"}), max_late_days=None)
    cheap = replace(far, condition=replace(far.condition, max_value_cents=50_000))
    near = RuleSet("near", nodes=frozenset({"LAM"}), max_late_days=None)
    other = Policy(sourcing=SourcingPolicy(chain=(cheap, near)))

    moved = {one.order: one for one in desk.replay(other).effect.moved}

    assert moved["480001"].after.nodes == ("LIL",)
    assert (moved["480009"].before.nodes, moved["480009"].after.nodes) == (("LIL",), ("LAM",))


def test_what_other_rules_placed_in_the_morning_they_do_not_place_again(desk: Desk):
    tight = rules((Rating.DISTANCE, 1.0), max_range_m=10)
    desk.workspace.submit(PublishPolicy(replace(tight, version=1), write_policy(tight)))
    desk.take_in("order", an_order("480001", LILLE, lines=(OrderLine("SKU1", 9),)))
    desk.take_in("node", a_node("LIL", LAMBERSART))
    source(desk.workspace, apply=True)
    desk.now += timedelta(hours=1)
    desk.take_in("order", an_order("480002", LILLE, lines=(OrderLine("SKU1", 9),)))
    source(desk.workspace, apply=True)

    found = desk.replay(rules())

    assert (found.effect.before.placed, found.effect.after.placed) == (0, 2)
    given = [piece for one in found.effect.moved for piece in one.after.given]
    assert sum(piece.pieces for piece in given) == 18


def test_only_the_days_asked_for_are_replayed(desk: Desk):
    a_day_of_work(desk)
    desk.now += timedelta(days=1)
    desk.take_in("order", an_order("480007"))
    source(desk.workspace, apply=True)

    assert desk.replay(KEEPING).effect.orders == 1
    assert desk.replay(KEEPING, days_back=1).effect.orders == 6


def test_orders_of_a_person_stay_and_suggestions_not_accepted_do_not_count(desk: Desk):
    desk.take_in("order", *(an_order(f"48000{n}") for n in (1, 2, 3)))
    run = source(desk.workspace)
    accept(desk.workspace, [made for made in run.decisions if made.order == "480001"], run)
    assign(desk.workspace, "480002", "LAM", "the client asked for it")

    found = desk.replay(KEEPING)

    assert (found.effect.orders, found.by_person) == (1, 1)
    assert [moved.order for moved in found.effect.moved] == ["480001"]


def test_what_the_optimum_decided_is_replayed_by_the_rules_on_both_sides(desk: Desk):
    desk.take_in("order", an_order("480001"))
    source_together(desk.workspace, seconds=1, apply=True)

    found = desk.replay(desk.workspace.policy())

    assert (found.by_optimum, found.unlike, found.effect.moved) == (1, 0, ())


def test_a_replay_writes_nothing_and_can_be_stopped(desk: Desk):
    a_day_of_work(desk)
    before = len(desk.workspace.read(entries))

    desk.replay(KEEPING)

    assert len(desk.workspace.read(entries)) == before
    with pytest.raises(Stopped):
        replay(desk.workspace, KEEPING, TODAY, TODAY, stop=lambda: True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_command_line_replays_a_file_of_rules(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
):
    a_day_of_work(desk)
    desk.workspace.close()
    file = tmp_path / "mine.toml"
    file.write_text(write_policy(KEEPING), "utf-8")
    asked = ["--data", str(desk.workspace.folder), "--lang", language, "replay"]
    options = ["--rules", str(file), "--from", "2026-11-24", "--to", "2026-11-24"]

    assert run_command([*asked, *options, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["changed"][0]["before"]["nodes"] == ["LAM"]
    assert document["changed"][0]["after"]["reasons"][0]["text"]
    assert (document["before"]["orders"], document["unlike"]) == (5, 0)

    assert run_command([*asked, *options]) == 0
    assert "LAM" in capsys.readouterr().out


@pytest.mark.usefixtures("english")
def test_a_file_that_is_not_there_is_refused_by_its_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    asked = ["--data", str(folder), "--lang", "en", "replay", "--rules", "/nowhere/mine.toml"]

    assert run_command(asked) == 3
    assert "mine.toml" in capsys.readouterr().err


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(days())
def test_with_the_rules_of_then_no_day_ever_differs(workspace: Workspace, day: Day):
    """Byte for byte: each example is a day of its own."""
    at = datetime(2027, 1, 1, 9, tzinfo=UTC) + timedelta(days=next(_DAYS))
    nothing: dict = {}
    ground = Ground(
        day.policy,
        PARIS,
        at,
        tuple(day.orders),
        tuple(day.nodes),
        tuple(day.stock),
        nothing,
        nothing,
        day.load,
        nothing,
        nothing,
    )
    recorded(workspace, ground, ground.suggestions(), Decider.RULES)

    found = replay(workspace, day.policy, at.date(), at.date())

    assert (found.unlike, found.effect.moved) == (0, ())
    assert found.effect.before == found.effect.after
    assert json.dumps(as_document(found)["before"]) == json.dumps(as_document(found)["after"])


def _counted() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


_DAYS = _counted()
