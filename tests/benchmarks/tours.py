"""How good our tours are on public instances: `python -m tests.benchmarks.tours PATH...`.

A path is an instance, or a folder of which every instance is solved: then the means of each family
follow. Solves with exactly the code that the window uses, in a process of its own.

With `--peers` raw PyVRP, OR-Tools and VROOM have the same wall time one after the other, each in a
process of its own; VROOM only where `packaging/requirements-benchmarks.txt` is installed too. On a
busy machine `--clock processor` gives each process so many seconds of the processor.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from tests.benchmarks.instance_files import listed
from tests.benchmarks.peers import CLOCKS, ENGINES, OURS, PEERS, run_apart

INSTANCES = (".txt", ".vrp")


def instances_in(paths: Sequence[Path], most: int | None) -> Iterator[Path]:
    """The files meant by these paths, at most so many of each family."""
    for path in paths:
        if path.is_file():
            yield path
            continue
        files = sorted(file for file in path.rglob("*") if file.suffix in INSTANCES)
        for family in dict.fromkeys(file.parent for file in files):
            yield from [file for file in files if file.parent == family][:most]


def run(
    path: Path, seconds: float, seed: int, engines: Sequence[str], clock: str
) -> dict[str, Any]:
    """What each engine finds on one instance; ours is the document, the others its `peers`."""
    found = {engine: run_apart(engine, path, seconds, seed, clock) for engine in engines}
    for answer in found.values():
        answer["gap_percent"] = gap_of(path, answer)
    ours = {"family": path.parent.name, **found.pop(OURS)}
    return {**ours, "peers": found} if found else ours


def gap_of(path: Path, answer: dict[str, Any]) -> float | None:
    """How far above the best-known cost, None where that or the answer is missing or faulty."""
    known = listed(path).get("bks")
    if not known or answer.get("faults", True):
        return None
    return round(100 * (answer["cost"] / int(known) - 1), 3)


def summary_of(documents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The mean gaps of each family over those instances on which an engine has one."""
    lines = []
    for family in dict.fromkeys(document["family"] for document in documents):
        among = [document for document in documents if document["family"] == family]
        line: dict[str, Any] = {"family": family, "instances": len(among)}
        for engine in ENGINES:
            answers = [d if engine == OURS else d.get("peers", {}).get(engine, {}) for d in among]
            gaps = [gap for a in answers if (gap := a.get("gap_percent")) is not None]
            line[engine] = {"solved": len(gaps), "mean_gap_percent": _mean(gaps)}
        lines.append(line)
    return lines


def _mean(gaps: Sequence[float]) -> float | None:
    return round(fmean(gaps), 3) if gaps else None


def told(document: dict[str, Any]) -> Iterator[str]:
    """One instance in words."""
    for answer in (document, *document.get("peers", {}).values()):
        name = f"{document['instance']} {answer['engine']}"
        if "absent" in answer:
            yield f"{name}: {answer['absent']}"
            continue
        gap = answer["gap_percent"]
        above = f", {gap:.2f} % above the best known" if gap is not None else ""
        yield f"{name}: {answer['cost']} in {len(answer['routes'])} tours{above}"
        yield from (f"  {fault}" for fault in answer["faults"])


def in_columns(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The means of the families as a table."""
    yield "  ".join(f"{title:>12}" for title in ("family", *ENGINES))
    for line in lines:
        gaps = [line[engine]["mean_gap_percent"] for engine in ENGINES]
        shown = ["-" if gap is None else f"{gap:.2f} %" for gap in gaps]
        yield "  ".join(f"{cell:>12}" for cell in (line["family"], *shown))


def main() -> None:
    """Solve and say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, help="so many instances of each family")
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), metavar="ENGINE")
    parser.add_argument("--clock", choices=list(CLOCKS), default="wall")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    engines = [OURS, *(options.peers or PEERS)] if options.peers is not None else [OURS]
    paths = list(instances_in(options.paths, options.most))
    documents = []
    for path in paths:
        documents.append(run(path, options.seconds, options.seed, engines, options.clock))
        if not options.json:
            sys.stdout.writelines(f"{line}\n" for line in told(documents[-1]))
            sys.stdout.flush()
    lines = summary_of(documents)
    if options.json:
        whole = documents[0] if len(paths) == 1 else {"instances": documents, "families": lines}
        sys.stdout.write(json.dumps(whole) + "\n")
    elif len(paths) > 1:
        sys.stdout.writelines(f"{line}\n" for line in in_columns(lines))


if __name__ == "__main__":
    main()
