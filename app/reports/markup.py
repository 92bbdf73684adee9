"""How markup is written: every text is escaped unless it is markup already."""

import html
import re
from collections.abc import Iterable

_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]*")
_VOID = frozenset({"br", "col", "hr", "meta"})
#: What may end a line inside a script, or read backwards: written as a reference.
#: Letters that end a line inside a script or turn the reading round: written as references.
_ODD = {
    ord(letter): f"&#{ord(letter)};"
    for letter in "`\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
}
Value = str | int | float | bool | None


class Markup(str):
    """Text that is written as it stands: made here from escaped parts, or from shipped files."""

    __slots__ = ()


def escaped(text: str) -> Markup:
    """A text as it is shown, whatever it holds."""
    kept = "".join(letter for letter in text if ord(letter) > 31 or letter in "\n\t")
    return Markup(html.escape(kept.replace("\x7f", ""), quote=True).translate(_ODD))


def tag(name: str, /, *children: str, **attributes: Value) -> Markup:
    """An element: children that are not markup are escaped, attributes always are.

    `_` in an attribute's name is written `-`, and one at its end is dropped; True is an attribute
    without value, False and None leave it out.
    """
    opened = "".join(_attribute(*one) for one in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{opened}>")
    return Markup(f"<{name}{opened}>{joined(children)}</{name}>")


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Parts one after the other, each escaped unless it is markup."""
    return Markup(between.join(p if isinstance(p, Markup) else escaped(p) for p in parts))


def _attribute(name: str, value: Value) -> str:
    written = name.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(written):
        raise ValueError(f"not an attribute: {name}")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {written}"
    return f' {written}="{escaped(str(value))}"'
