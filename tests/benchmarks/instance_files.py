"""How the files of public instances are read: Solomon, Li and Lim, VRPLIB and its dialects."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import vrplib
from numpy.typing import NDArray

#: Columns of Li and Lim: number, x, y, demand, opens, closes, service, its source, its taker.
_PAIRED_COLUMNS = 9


def listed(path: Path) -> dict[str, str]:
    """What BKS.csv says of an instance, by family and name; empty where it is not listed."""
    table = path.parent.parent / "BKS.csv"
    if not table.is_file():
        return {}
    with table.open() as file:
        rows = csv.DictReader(file)
        ours = (path.stem, path.parent.name)
        return next((row for row in rows if (row["instance"], row["family"]) == ours), {})


def best_known(path: Path) -> int:
    """The best-known cost of an instance."""
    return int(listed(path)["bks"])


def free_fleet(path: Path) -> bool:
    """The number of vehicles in the file does not bind."""
    return listed(path).get("vehicles") == "free"


def raw_of(path: Path) -> dict[str, Any]:
    """The sections of a file by VRPLIB's names, whatever its format."""
    text = path.read_text()
    if "CUSTOMER" in text[:400]:
        return vrplib.read_instance(path, instance_format="solomon")
    first = text.split("\n", 2)[1].split()
    if len(first) == _PAIRED_COLUMNS:
        return _paired(text)
    return vrplib.read_instance(path, instance_format="vrplib")


def _paired(text: str) -> dict[str, Any]:
    """A file of Li and Lim: the first row is vehicles, capacity, speed."""
    head, *rows = [list(map(int, line.split())) for line in text.splitlines() if line.strip()]
    table = np.array(rows)
    places = table[:, 1:3].astype(float)
    apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    return {
        "vehicles": head[0],
        "capacity": head[1],
        "node_coord": places,
        "edge_weight": apart,
        "demand": table[:, 3],
        "time_window": table[:, 4:6],
        "service_time": table[:, 6],
        "source": table[:, 7],
        "taker": table[:, 8],
    }


def convention_of(path: Path) -> str:
    """The rounding that goes with a file: BKS.csv's where it is listed, else by its kind."""
    if known := listed(path).get("convention"):
        return known
    raw = raw_of(path)
    if "EXPLICIT" in str(raw.get("edge_weight_type", "")):
        return "explicit"
    kind = "exact" if "taker" in raw else raw.get("type", "VRPTW")
    rounded = {"CVRP": "round", "VRPB": "round", "VRPTW": "dimacs", "PCVRPTW": "dimacs"}
    return {**rounded, "MTVRPTWR": "dimacs"}.get(kind, "exact")


def whole_numbers(values: Any, convention: str) -> NDArray[np.int64]:
    """Scaled as the convention says: dimacs cuts, the others round."""
    scale = {"dimacs": 10, "exact": 1000, "round": 1, "explicit": 1}[convention]
    exact = np.asarray(values, dtype=float) * scale
    whole = np.floor(exact + 1e-9) if convention == "dimacs" else np.rint(exact)
    return whole.astype(np.int64)
