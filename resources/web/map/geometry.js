// Where places lie on the flat map, and which of them lie in a box, near a line or in a lasso.
(function (regie) {
  "use strict";

  /** Web mercator: the whole world is one unit wide and tall, (0, 0) is the north-west. */
  function flat(longitude, latitude) {
    const y = Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI;
    return [(longitude + 180) / 360, (1 - y) / 2];
  }

  function flatLine(coordinates) {
    const line = new Float64Array(coordinates.length * 2);
    coordinates.forEach(([longitude, latitude], i) => {
      const [x, y] = flat(longitude, latitude);
      line[2 * i] = x;
      line[2 * i + 1] = y;
    });
    return line;
  }

  function boxOf(line) {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (let i = 0; i < line.length; i += 2) {
      box.left = Math.min(box.left, line[i]);
      box.right = Math.max(box.right, line[i]);
      box.top = Math.min(box.top, line[i + 1]);
      box.bottom = Math.max(box.bottom, line[i + 1]);
    }
    return box;
  }

  function overlap(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  function boxAround(x, y, halfWidth, halfHeight) {
    return {
      left: x - halfWidth,
      top: y - halfHeight,
      right: x + halfWidth,
      bottom: y + halfHeight,
    };
  }

  function distanceToSegment(x, y, ax, ay, bx, by) {
    const dx = bx - ax;
    const dy = by - ay;
    const length = dx * dx + dy * dy;
    const along = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
    return Math.hypot(x - ax - along * dx, y - ay - along * dy);
  }

  function insidePolygon(x, y, corners) {
    let inside = false;
    for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
      const [ax, ay] = corners[i];
      const [bx, by] = corners[j];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  }

  /** Boxes that are taken, in a grid, so that asking stays quick with thousands of them. */
  class Room {
    constructor(cell = 64) {
      this._cell = cell;
      this._cells = new Map();
    }

    take(box) {
      for (const key of this._keys(box)) {
        const there = this._cells.get(key);
        if (there) there.push(box);
        else this._cells.set(key, [box]);
      }
    }

    isFree(box) {
      for (const key of this._keys(box)) {
        for (const other of this._cells.get(key) ?? []) if (overlap(box, other)) return false;
      }
      return true;
    }

    /** What a box would cover. */
    takenBy(box) {
      const found = new Set();
      for (const key of this._keys(box)) {
        for (const other of this._cells.get(key) ?? []) if (overlap(box, other)) found.add(other);
      }
      return [...found];
    }

    /** What was taken at this spot, last taken first. */
    at(x, y) {
      const there = this._cells.get(this._key(Math.floor(x / this._cell), Math.floor(y / this._cell)));
      if (!there) return [];
      const spot = { left: x, right: x + 1e-9, top: y, bottom: y + 1e-9 };
      return there.filter((box) => overlap(box, spot)).reverse();
    }

    _key(column, line) {
      return column * 65536 + line;
    }

    *_keys(box) {
      const lastColumn = Math.floor(box.right / this._cell);
      const lastLine = Math.floor(box.bottom / this._cell);
      for (let column = Math.floor(box.left / this._cell); column <= lastColumn; column++) {
        for (let line = Math.floor(box.top / this._cell); line <= lastLine; line++) {
          yield this._key(column, line);
        }
      }
    }
  }

  regie.geometry = {
    flat,
    flatLine,
    boxOf,
    boxAround,
    overlap,
    distanceToSegment,
    insidePolygon,
    Room,
  };
})((window.regie = window.regie || {}));
