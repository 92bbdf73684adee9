"""How fast files go in: `python -m tests.benchmarks.intake [--rows N] [--xlsx] [--json]`.

Stock of N rows (100,000 unless said): read alone, imported into a fresh workspace, imported again;
and the most memory that reading took.
"""

import argparse
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from openpyxl import Workbook

from app.connectors.feeds.ground import Ground, Known
from app.connectors.feeds.kinds import STOCK
from app.connectors.feeds.pipeline import read_feed
from app.domain.acts.orders import ImportRows
from app.operations.intake import import_path
from app.workspace import Workspace
from tests.builders import a_node, a_product

HEADER = (
    "node",
    "sku",
    "on_hand",
    "reserved",
    "blocked",
    "safety_stock",
    "inbound",
    "inbound_at",
    "in_transit",
    "in_transit_at",
    "as_of",
)
SKUS = 1_000


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--xlsx", action="store_true", help="from a workbook instead of CSV")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = measure(Path(folder), options.rows, xlsx=options.xlsx)
    if options.json:
        print(json.dumps(found))  # noqa: T201
        return
    for name, value in found.items():
        print(f"{name:24} {value:12,.2f}")  # noqa: T201


def measure(folder: Path, count: int, *, xlsx: bool) -> dict[str, float]:
    """Seconds for each step, rows a second, and the peak of memory in MB."""
    path = write_workbook(folder, count) if xlsx else write_csv(folder, count)
    nodes = tuple(a_node(f"N{number}") for number in range(count // SKUS + 1))
    products = tuple(a_product(f"S{number}") for number in range(SKUS))
    known = Known({node.code: node.timezone for node in nodes}, {p.sku for p in products})
    start = perf_counter()
    read_feed(path, STOCK, Ground(known=known))
    read_s = perf_counter() - start
    with Workspace.open(folder / "workspace") as workspace:
        workspace.submit(ImportRows("node", "nodes.csv", nodes))
        workspace.submit(ImportRows("product", "products.csv", products))
        first_s = timed_import(workspace, path)
        again_s = timed_import(workspace, path)
    tracemalloc.start()
    read_feed(path, STOCK, Ground(known=known))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "rows": count,
        "file_mb": path.stat().st_size / 1e6,
        "read_s": read_s,
        "rows_per_s": count / read_s,
        "import_s": first_s,
        "import_again_s": again_s,
        "peak_mb": peak / 1e6,
    }


def timed_import(workspace: Workspace, path: Path) -> float:
    start = perf_counter()
    (report,) = import_path(workspace, path).files
    assert report.used == report.rows, report.rejected[:3]
    return perf_counter() - start


def rows(count: int) -> Iterator[tuple[str, ...]]:
    for number in range(count):
        node, sku = divmod(number, SKUS)
        counters = (str(number % 97), "1", "0", "2", "5", "2026-11-25T08:00:00+01:00", "0", "")
        yield (f"N{node}", f"S{sku}", *counters, "2026-11-24T06:00:00+01:00")


def write_csv(folder: Path, count: int) -> Path:
    path = folder / "stock.csv"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(";".join(row) + "\n" for row in (HEADER, *rows(count)))
    return path


def write_workbook(folder: Path, count: int) -> Path:
    book = Workbook(write_only=True)
    page = book.create_sheet("Stock")
    for row in (HEADER, *rows(count)):
        page.append(row)
    book.save(folder / "stock.xlsx")
    return folder / "stock.xlsx"


if __name__ == "__main__":
    main()
