"""The retailer's policy as a file that people read and write: `rules.toml`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

from app.connectors.policy_shape import Wrong, converted, table_of
from app.connectors.policy_text import policy_text
from app.connectors.toml_lines import Path, TomlLines
from app.domain.policy import (
    CarriagePolicy,
    OfferPolicy,
    Policy,
    PromisePolicy,
    Rating,
    RestRule,
    RuleCondition,
    RuleSet,
    SourcingPolicy,
    TouringPolicy,
)
from app.errors import BadPolicy
from app.i18n import _
from resources import resource

#: The policies to choose from, the default first.
PREDEFINED = ("nearest", "cheapest", "greenest", "warehouse_first", "promise_first")

_PARTS = {
    "sourcing": SourcingPolicy,
    "touring": TouringPolicy,
    "carriage": CarriagePolicy,
    "offers": OfferPolicy,
    "promise": PromisePolicy,
}
#: What stands in tables of its own within a part.
_OWN_TABLES: dict[type, tuple[str, ...]] = {SourcingPolicy: ("rule",), TouringPolicy: ("rest",)}
_LEAST_AND_MOST = (("min_value_cents", "max_value_cents"), ("min_weight_g", "max_weight_g"))


def read_policy(text: str, file: str = "rules.toml") -> Policy:
    """The policy that a text describes; what it leaves out keeps the program's own value.

    Raises:
        BadPolicy: it cannot be read or says something that cannot be, with line and field.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _half_written(text, file, str(error)) from error
    return _Reading(file, TomlLines(text)).policy(table)


def write_policy(policy: Policy) -> str:
    """The policy as text, each value explained in the language of the program."""
    return policy_text(policy)


def predefined_policies() -> list[Policy]:
    """The policies that come with the program, the default first."""
    texts = {name: resource("policies", f"{name}.toml").read_text("utf-8") for name in PREDEFINED}
    return [read_policy(text, f"{name}.toml") for name, text in texts.items()]


def _half_written(text: str, file: str, message: str) -> BadPolicy:
    found = re.search(r"\(at line (\d+)", message)
    lines = text.splitlines() or [""]
    number = min(int(found[1]), len(lines)) if found else len(lines)
    detail = _("this is not TOML (%(message)s).") % {"message": message.split(" (at ")[0]}
    return BadPolicy(file, number, lines[number - 1].strip()[:40] or "?", detail)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file being read: it knows where everything stands."""

    file: str
    lines: TomlLines

    def policy(self, table: Mapping[str, Any]) -> Policy:
        values = self._values(Policy, table, (), own=tuple(_PARTS))
        for name, shape in _PARTS.items():
            if name in table:
                with self._at((name,)):
                    part = table_of(table[name])
                values[name] = self._part(shape, part, (name,))
        policy = Policy(**values)
        self._check_words(policy)
        return policy

    def _part(self, shape: type, table: Mapping[str, Any], path: Path) -> Any:
        own = _OWN_TABLES.get(shape, ())
        values = self._values(shape, table, path, own=own, hidden=("chain", "rests"))
        if "rule" in own and "rule" in table:
            values["chain"] = self._chain(table["rule"], (*path, "rule"))
        if "rest" in own and "rest" in table:
            values["rests"] = self._rests(table["rest"], (*path, "rest"))
        return shape(**values)

    def _rests(self, rests: object, path: Path) -> tuple[RestRule, ...]:
        """The pauses that are due; an empty list is a policy without any."""
        with self._at(path):
            if not isinstance(rests, list):
                raise Wrong(_("pauses are written as [[touring.rest]], or rest = [] for none."))
        made: list[RestRule] = []
        for number, rest in enumerate(rests):
            rule = self._rest(rest, (*path, number))
            with self._at((*path, number, "name")):
                if rule.name in {earlier.name for earlier in made}:
                    raise Wrong(_("two pauses are named “%(name)s”.") % {"name": rule.name})
            made.append(rule)
        return tuple(made)

    def _rest(self, rest: object, path: Path) -> RestRule:
        with self._at(path):
            table = table_of(rest)
        with self._at((*path, "name")):
            if not str(table.get("name", "")).strip():
                raise Wrong(_("a pause needs a name."))
        values = self._values(RestRule, table, path)
        with self._at(path):
            if "length_s" not in values:
                raise Wrong(_("length_s is missing: how long the pause is."))
            if values.get("drive_s") is None and values.get("work_s") is None:
                raise Wrong(_("drive_s or work_s is needed: after how much it is due."))
        return RestRule(**values)

    def _chain(self, rules: object, path: Path) -> tuple[RuleSet, ...]:
        with self._at(path):
            if not isinstance(rules, list) or not rules:
                raise Wrong(_("at least one rule is needed, as [[sourcing.rule]]."))
        chain: list[RuleSet] = []
        for number, rule in enumerate(rules):
            made = self._rule(rule, (*path, number))
            with self._at((*path, number, "name")):
                if made.name in {earlier.name for earlier in chain}:
                    raise Wrong(_("two rules are named “%(name)s”.") % {"name": made.name})
            chain.append(made)
        return tuple(chain)

    def _rule(self, rule: object, path: Path) -> RuleSet:
        with self._at(path):
            table = table_of(rule)
        with self._at((*path, "name")):
            if not str(table.get("name", "")).strip():
                raise Wrong(_("a rule needs a name."))
        values = self._values(
            RuleSet, table, path, own=("weights", "only"), hidden=("ratings", "condition")
        )
        if "weights" in table:
            values["ratings"] = self._weights(table["weights"], (*path, "weights"))
        if "only" in table:
            values["condition"] = self._condition(table["only"], (*path, "only"))
        return RuleSet(**values)

    def _weights(self, weights: object, path: Path) -> tuple[tuple[Rating, float], ...]:
        with self._at(path):
            table = table_of(weights)
        known: dict[str, type] = {rating.value: float for rating in Rating}
        made = []
        for name, value in table.items():
            with self._at((*path, name)):
                weight = converted(known, name, value)
                made.append((Rating(name), weight))
        with self._at(path):
            if not any(weight > 0 for _rating, weight in made):
                raise Wrong(_("at least one weight must be above zero."))
        return tuple(made)

    def _condition(self, only: object, path: Path) -> RuleCondition:
        with self._at(path):
            table = table_of(only)
        values = self._values(RuleCondition, table, path)
        for least, most in _LEAST_AND_MOST:
            with self._at((*path, least)):
                if (values.get(least) or 0) > (values.get(most) or float("inf")):
                    raise Wrong(_("is more than %(most)s: no order can fit.") % {"most": most})
        with self._at((*path, "placed_before")):
            if values.get("placed_from") and values.get("placed_before") == values["placed_from"]:
                raise Wrong(_("is the same as placed_from: no order can fit."))
        return RuleCondition(**values)

    def _values(
        self,
        shape: type,
        table: Mapping[str, Any],
        path: Path,
        *,
        own: tuple[str, ...] = (),
        hidden: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """The plain values of a table; those in `own` are tables read elsewhere."""
        kinds = {name: kind for name, kind in get_type_hints(shape).items() if name not in hidden}
        known = {**kinds, **dict.fromkeys(own, object)}
        values = {}
        for name, value in table.items():
            if name in own:
                continue
            with self._at((*path, name)):
                values[name] = converted(known, name, value)
        return values

    def _check_words(self, policy: Policy) -> None:
        with self._at(("timezone",)):
            _check_zone(policy.timezone)
        with self._at(("country",)):
            _check_code(policy.country, 2)
        with self._at(("currency",)):
            _check_code(policy.currency, 3)

    @contextmanager
    def _at(self, path: Path) -> Iterator[None]:
        """Turn what is wrong with a value into a refusal that says where it stands."""
        try:
            yield
        except Wrong as wrong:
            name = ".".join(str(part) for part in path if isinstance(part, str))
            raise BadPolicy(self.file, self.lines.of(path), name, str(wrong)) from wrong


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Wrong(_("“%(name)s” is not a time zone.") % {"name": name}) from error


def _check_code(code: str, letters: int) -> None:
    if not (len(code) == letters and code.isascii() and code.isalpha() and code.isupper()):
        raise Wrong(_("%(count)s capital letters are expected.") % {"count": letters})
