"""Commands that look after the workspace: journal, undo, backup, restore, verify, stock, doctor."""

import argparse
from pathlib import Path

from app.cli.context import Answer, Bar, Call, Command
from app.cli.parsing import WrongUsage, an_instant, whole
from app.domain.journal import Entry
from app.formats import short_moment
from app.i18n import _
from app.operations import keeping, stock, stock_counts
from app.operations.doctor import examine
from app.wording import sentence

_MOST_PIECES = 1_000_000_000


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
    found = keeping.verify(call.workspace, progress=Bar(_("Deciding again")))
    lines = [sentence(reason) for reason in found.findings]
    lines.append(
        _("{count} entries, the chain is whole.").format(count=found.entries)
        if found.ok
        else _("{count} entries, with findings.").format(count=found.entries)
    )
    return Answer(keeping.verify_document(found), "\n".join(lines), 0 if found.ok else 3)


def _stock(call: Call) -> Answer:
    options = call.options
    if options.count is not None:
        return _count(call)
    if options.history:
        if not (options.node and options.sku):
            usage = "regie stock --node N --sku S --history"
            raise WrongUsage(_("--history needs --node and --sku."), _("usage: ") + usage)
        moves = stock_counts.history(call.workspace, options.node, options.sku)
        zone = call.workspace.zone
        document = {"movements": stock_counts.history_document(moves, zone)}
        return Answer(document, stock_counts.history_text(moves, zone))
    rows = stock.picture(call.workspace, call.options.node, call.options.sku)
    return Answer(stock.as_document(rows, call.workspace.now()), stock.as_text(rows))


def _count(call: Call) -> Answer:
    options = call.options
    node, sku, pieces = options.count
    try:
        counted = whole(0, _MOST_PIECES)(pieces)
    except argparse.ArgumentTypeError as error:
        usage = "regie stock --count NODE SKU PIECES --reason R"
        raise WrongUsage(str(error), _("usage: ") + usage) from error
    settled = stock_counts.count_stock(call.workspace, node, sku, counted, options.reason)
    rows = stock.picture(call.workspace, node, sku)
    released = [part.subject for part in settled.refused]
    told = stock.as_document(rows, call.workspace.now())
    document = {"entry": settled.entry, "released": released, **told}
    lines = [stock.as_text(rows), *(sentence(part.reason) for part in settled.refused)]
    return Answer(document, "\n".join(lines))


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
    parser.add_argument(
        "--count",
        nargs=3,
        metavar=("NODE", "SKU", "PIECES"),
        help=_("keep what was counted on the shelf"),
    )
    parser.add_argument("--reason", default="", metavar="R", help=_("why"))
    parser.add_argument(
        "--history",
        action="store_true",
        help=_("who moved which counter, with --node and --sku"),
    )


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
