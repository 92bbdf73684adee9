"""Whether every English message has its French, and how the catalogues follow the code.

Run by the project's own Python: `messages.py compile | update | check`.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "resources" / "translations"
TEMPLATE = TRANSLATIONS / "regie.pot"
SOURCES = (ROOT / "app", ROOT / "db")
# what marks a message in the code, and how many of its arguments are the message
MARKS = {"_": 1, "N_": 1, "n_": 2}

_PLACEHOLDER = re.compile(
    r"\{(?P<name>\w*)[^{}]*\}|%(?:\(\w+\))?[-#0+]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]"
)


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command on the project's catalogues; 1 when the check finds faults."""
    parser = argparse.ArgumentParser(prog="messages.py", description=__doc__)
    parser.add_argument("command", choices=("compile", "update", "check"))
    command = parser.parse_args(arguments).command
    if command == "compile":
        return _compile()
    extracted = extract(SOURCES)
    return _update(extracted) if command == "update" else _check(extracted)


def extract(folders: Iterable[Path]) -> Catalog:
    """Every message that the code marks, with where it stands.

    Read from the syntax tree: Babel's own reader misses calls inside f-strings before Python 3.12.
    """
    found = Catalog(domain="regie", project="regie", copyright_holder="Régie", fuzzy=False)
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            place = file.relative_to(folder.parent).as_posix()
            for line, words in _marked(ast.parse(file.read_text(encoding="utf-8"))):
                found.add(words, locations=[(place, line)])
    return found


def _marked(tree: ast.AST) -> Iterator[tuple[int, str | tuple[str, str]]]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if not isinstance(call.func, ast.Name) or call.func.id not in MARKS:
            continue
        texts = [arg.value for arg in call.args[: MARKS[call.func.id]] if _is_text(arg)]  # type: ignore[attr-defined]
        if len(texts) == MARKS[call.func.id] and all(texts):
            yield call.lineno, texts[0] if len(texts) == 1 else (texts[0], texts[1])


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def faults(extracted: Catalog, translated: Catalog) -> list[str]:
    """What is wrong with a translation of the messages in the code; empty when nothing is."""
    return [
        f"{_place(message)}: {fault}: {_first(message)!r}"
        for message in extracted
        if message.id
        for fault in _faults_of(message, translated.get(message.id))
    ]


def unused(extracted: Catalog, translated: Catalog) -> list[str]:
    """The translations whose message the code no longer marks."""
    return [
        _first(message)
        for message in translated
        if message.id and extracted.get(message.id) is None
    ]


def updated(extracted: Catalog, translated: Catalog) -> Catalog:
    """The translation brought in line with the code: nothing guessed, nothing forgotten.

    A message that came back gets the translation that it had before it went.
    """
    for message in list(translated.obsolete.values()):
        translated[message.id] = message
    translated.obsolete.clear()
    translated.update(extracted, no_fuzzy_matching=True)
    return translated


def read(file: Path) -> Catalog:
    """Read a catalogue, in the language that its folder is named after."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parents[1].name, domain="regie")


def translations() -> list[Path]:
    """The catalogues of all languages but English, which is in the code."""
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/regie.po"))


def _faults_of(message: Message, translation: Message | None) -> Iterator[str]:
    if translation is None or not all(_forms(translation.string)):
        yield "no French"
        return
    if translation.fuzzy:
        yield "its French is marked as uncertain"
    if type(translation.id) is not type(message.id):
        yield "plural in one place and not in the other"
    wanted = placeholders(_forms(message.id)[-1])
    *singular, plural = _forms(translation.string)
    if placeholders(plural) != wanted:
        yield "its French has other placeholders"
    elif any(not placeholders(form) <= wanted for form in singular):
        yield "the French singular has placeholders of its own"


def placeholders(text: str) -> set[str]:
    """What is filled in later: `{name}` and `%s`, without their formats."""
    unescaped = text.replace("{{", "").replace("}}", "").replace("%%", "")
    return {
        found[0] if found["name"] is None else f"{{{found['name']}}}"
        for found in _PLACEHOLDER.finditer(unescaped)
    }


def _forms(words: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [words or ""] if words is None or isinstance(words, str) else list(words)


def _first(message: Message) -> str:
    return _forms(message.id)[0]


def _place(message: Message) -> str:
    file, line = message.locations[0]
    return f"{file}:{line}"


def _compile() -> int:
    for file in translations():
        aside = file.with_suffix(".mo.tmp")
        with aside.open("wb") as opened:
            write_mo(opened, read(file))
        aside.replace(file.with_suffix(".mo"))  # a running program never sees half a catalogue
    return 0


def _update(extracted: Catalog) -> int:
    _write(TEMPLATE, extracted)
    for file in translations():
        _write(file, updated(extracted, read(file)))
        print(f"{file.relative_to(ROOT).as_posix()} is in line with the code")
    return 0


def _write(file: Path, catalogue: Catalog) -> None:
    aside = file.with_suffix(".tmp")
    with aside.open("wb") as opened:
        write_po(opened, catalogue, width=100, sort_output=True, no_location=True)
    aside.replace(file)


def _check(extracted: Catalog) -> int:
    found = 0
    for file in translations():
        translated = read(file)
        listed = faults(extracted, translated)
        found += len(listed)
        print("\n".join([*listed, _summary(extracted, translated, listed)]))
    if not translations():
        print(f"There is no catalogue in {TRANSLATIONS}", file=sys.stderr)
        return 1
    return 1 if found else 0


def _summary(extracted: Catalog, translated: Catalog, listed: list[str]) -> str:
    no_longer = len(unused(extracted, translated))
    return (
        f"{len(extracted)} messages in the code, {len(listed)} faults in their French"
        + f", {no_longer} translations that no message asks for" * bool(no_longer)
    )


if __name__ == "__main__":
    sys.exit(main())
