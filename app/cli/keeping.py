"""Commands that look after the workspace: journal, undo, backup, restore, verify, stock, doctor."""

import argparse
from pathlib import Path

from app.cli.context import Answer, Bar, Call, Command
from app.cli.parsing import an_instant
from app.domain.journal import Entry
from app.formats import short_moment
from app.i18n import _
from app.operations import keeping, stock
from app.operations.doctor import examine
from app.wording import sentence


def _journal(call: Call) -> Answer:
    entries = keeping.journal(call.workspace, call.options.since)
    zone = call.workspace.zone
    lines = [
        f"{short_moment(e.at, zone)}  {e.actor:12} {sentence(e.summary)}{_mark(e)}  {e.entry}"
        for e in entries
    ]
    return Answer(
        keeping.journal_document(entries, zone), "\n".join(lines) or _("The journal is empty.")
    )


def _mark(entry: Entry) -> str:
    if entry.undone_by:
        return _(" [undone]")
    return "" if entry.state == "settled" else f" [{entry.state}]"


def _undo(call: Call) -> Answer:
    settled = call.workspace.undo(call.options.entry)
    lines = keeping.journal(call.workspace)
    undone = [line for line in lines if line.undone_by == settled.entry]
    told = keeping.journal_document([*lines[:1], *undone], call.workspace.zone)
    what = " ".join(sentence(line.summary) for line in undone)
    text = _("Undone: {what}").format(what=what)
    return Answer({"entry": settled.entry, "kind": settled.kind, **told}, text)


def _backup(call: Call) -> Answer:
    made = call.workspace.back_up(call.options.to)
    document = {"backup": str(made), "findings": []}
    return Answer(document, _("Backed up and checked: {place}").format(place=made))


def _restore(call: Call) -> Answer:
    restored = keeping.restore(call.data, call.options.backup)
    document = {"restored": str(restored), "findings": []}
    return Answer(document, _("Restored from {place}.").format(place=restored))


def _verify(call: Call) -> Answer:
    found = keeping.verify(call.workspace)
    lines = [sentence(reason) for reason in found.findings]
    lines.append(
        _("{count} entries, the chain is whole.").format(count=found.entries)
        if found.ok
        else _("{count} entries, with findings.").format(count=found.entries)
    )
    return Answer(keeping.verify_document(found), "\n".join(lines), 0 if found.ok else 3)


def _stock(call: Call) -> Answer:
    rows = stock.picture(call.workspace, call.options.node, call.options.sku)
    return Answer(stock.as_document(rows), stock.as_text(rows))


def _roads(call: Call) -> Answer:
    from app.operations import roads  # heavy

    for name in call.options.remove or ():
        roads.remove_roads(call.workspace, name)
    reading = Bar(_("Reading roads"))
    added = [roads.add_roads(call.workspace, file, progress=reading) for file in call.options.files]
    document = roads.as_document(call.workspace, added)
    return Answer(document, roads.as_text(call.workspace, added))


def _doctor(call: Call) -> Answer:
    findings = examine(call.data)
    ok = all(finding.ok for finding in findings)
    document = {
        "ok": ok,
        "findings": [
            {"code": f.reason.code, "ok": f.ok, "text": sentence(f.reason)} for f in findings
        ],
    }
    lines = [("+ " if f.ok else "- ") + sentence(f.reason) for f in findings]
    return Answer(document, "\n".join(lines), 0 if ok else 4)


def _since(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since", type=an_instant, metavar="INSTANT", help=_("only entries from then on")
    )


def _entry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("entry", nargs="?", help=_("an entry of the journal; default: the latest"))


def _to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="DIR", help=_("a folder for the copy"))


def _from(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", nargs="?", type=Path, help=_("a backup; default: the latest"))


def _cell(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--node", metavar="N", help=_("only this node"))
    parser.add_argument("--sku", metavar="S", help=_("only this product"))


def _road_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help=_("an OpenStreetMap extract (.osm.pbf), or a table of travel times (CSV, XLSX)"),
    )
    parser.add_argument("--remove", action="append", metavar="NAME", help=_("do without these"))


KEEPING = {
    "roads": Command(_roads, _road_files),
    "stock": Command(_stock, _cell),
    "journal": Command(_journal, _since),
    "undo": Command(_undo, _entry),
    "backup": Command(_backup, _to),
    "restore": Command(_restore, _from),
    "verify": Command(_verify),
    "doctor": Command(_doctor),
}
