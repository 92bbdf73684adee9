"""Which shipments a surcharge is for: a small predicate language, read without running anything.

    weight_kg > 20 or length_mm >= 1000
    department in (2A, 2B) and not mode = pickup_point
    handling = two_person

Names are those of `NAMES`; `=` on a set asks whether it holds the word; words need quotes only when
they contain spaces or signs. `and` binds tighter than `or`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache


class NameKind(StrEnum):
    """What a name of the language stands for."""

    NUMBER = "number"
    WORD = "word"
    WORDS = "words"


_NUMBERS = (
    "weight_g weight_kg volume_ml volume_l volume_m3 parcels length_mm length_cm girth_mm girth_cm"
    " value_cents distance_km weekday month"
)
_WORDS = "zone country department postcode mode phone email"
#: Every name a condition may use. `phone` and `email` are the words `given` or `missing`; `weekday`
#: counts from 1 = Monday.
NAMES: Mapping[str, NameKind] = {
    **dict.fromkeys(_NUMBERS.split(), NameKind.NUMBER),
    **dict.fromkeys(_WORDS.split(), NameKind.WORD),
    "handling": NameKind.WORDS,
}

Known = Decimal | str | frozenset[str]
ALL_OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in")
_MAX_LENGTH = 500
_MAX_DEPTH = 20
_TOKEN = re.compile(
    r"\s*(?:(?P<quoted>'[^']*'|\"[^\"]*\")|(?P<sign><=|>=|!=|==|[=<>(),])"
    r"|(?P<word>[\w.+-]+))"
)


class BadCondition(ValueError):
    """The text is no condition; `position` counts characters from 0."""

    def __init__(self, text: str, position: int, found: str) -> None:
        super().__init__(f"not understood at character {position + 1}: {found or 'the end'}")
        self.text = text
        self.position = position
        self.found = found


@dataclass(frozen=True, slots=True)
class Comparison:
    """A name compared with one value, or with several for `in`."""

    name: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """True when its part is not."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Every:
    """True when all its parts are; empty = always."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """True when one of its parts is."""

    parts: tuple["Condition", ...]


Condition = Comparison | Negated | Every | Some
ALWAYS = Every(())


@lru_cache(maxsize=1024)
def read_condition(text: str) -> Condition:
    """The condition that a text means; an empty one always holds.

    Raises:
        BadCondition: the text is none, and where it stops making sense.
    """
    if not text.strip():
        return ALWAYS
    return _Reader(text).whole()


def holds(condition: Condition, known: Mapping[str, Known]) -> bool:
    """Whether the condition is true of what is known; a name that is not known makes it false."""
    match condition:
        case Every(parts):
            return all(holds(part, known) for part in parts)
        case Some(parts):
            return any(holds(part, known) for part in parts)
        case Negated(part):
            return not holds(part, known)
        case Comparison():
            return _compare(condition, known.get(condition.name))


def _compare(asked: Comparison, value: Known | None) -> bool:
    if value is None:
        return False
    if isinstance(value, Decimal):
        return _compare_number(asked, value)
    held = value if isinstance(value, frozenset) else frozenset({value})
    folded = {word.casefold() for word in held}
    found = any(word.casefold() in folded for word in asked.values)
    return not found if asked.operator == "!=" else found


def _compare_number(asked: Comparison, value: Decimal) -> bool:
    numbers = [Decimal(text) for text in asked.values]
    first = numbers[0]
    outcomes = {
        "=": value == first,
        "!=": value != first,
        "<": value < first,
        "<=": value <= first,
        ">": value > first,
        ">=": value >= first,
        "in": value in numbers,
    }
    return outcomes[asked.operator]


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    position: int
    quoted: bool = False


class _Reader:
    """Reads one condition from left to right (recursive descent)."""

    def __init__(self, text: str) -> None:
        self._text = text
        if len(text) > _MAX_LENGTH:
            raise BadCondition(text, _MAX_LENGTH, text[_MAX_LENGTH : _MAX_LENGTH + 10])
        self._tokens = self._split()
        self._next = 0
        self._depth = 0

    def whole(self) -> Condition:
        condition = self._either()
        if self._next < len(self._tokens):
            raise self._bad()
        return condition

    def _split(self) -> list[_Token]:
        tokens, position, end = [], 0, len(self._text.rstrip())
        while position < end:
            found = _TOKEN.match(self._text, position)
            if found is None:
                raise BadCondition(self._text, position, self._text[position : position + 10])
            group = found.lastgroup or ""
            text, start, quoted = found[group], found.start(group), group == "quoted"
            tokens.append(_Token(text[1:-1] if quoted else text, start, quoted))
            position = found.end()
        return tokens

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._single()]
        while self._take("and"):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _single(self) -> Condition:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise self._bad()
        if self._take("not"):
            condition: Condition = Negated(self._single())
        elif self._take("("):
            condition = self._either()
            self._expect(")")
        else:
            condition = self._comparison()
        self._depth -= 1
        return condition

    def _comparison(self) -> Comparison:
        name = self._word()
        kind = NAMES.get(name)
        if kind is None:
            raise self._bad(back=1)
        operator = self._operator(kind)
        if operator != "in":
            return Comparison(name, operator, (self._value(kind),))
        self._expect("(")
        values = [self._value(kind)]
        while self._take(","):
            values.append(self._value(kind))
        self._expect(")")
        return Comparison(name, operator, tuple(values))

    def _operator(self, kind: NameKind) -> str:
        operator = self._word().replace("==", "=")
        ordered = operator in ("<", "<=", ">", ">=")
        if operator not in ALL_OPERATORS or (ordered and kind is not NameKind.NUMBER):
            raise self._bad(back=1)
        return operator

    def _value(self, kind: NameKind) -> str:
        text = self._word()
        if kind is NameKind.NUMBER:
            if not _is_number(text):
                raise self._bad(back=1)
            return text
        if not self._tokens[self._next - 1].quoted and not re.match(r"[\w.+-]", text):
            raise self._bad(back=1)
        return text

    def _word(self) -> str:
        if self._next >= len(self._tokens):
            raise self._bad()
        self._next += 1
        return self._tokens[self._next - 1].text

    def _take(self, word: str) -> bool:
        if self._next >= len(self._tokens) or self._tokens[self._next].quoted:
            return False
        if self._tokens[self._next].text != word:
            return False
        self._next += 1
        return True

    def _expect(self, word: str) -> None:
        if not self._take(word):
            raise self._bad()

    def _bad(self, back: int = 0) -> BadCondition:
        at = self._next - back
        if at >= len(self._tokens):
            return BadCondition(self._text, len(self._text), "")
        token = self._tokens[at]
        return BadCondition(self._text, token.position, token.text)
