// Which names of places are written, and where, so that none covers another or a mark.
(function (regie) {
  "use strict";

  const { flat, flatLine, boxOf, overlap, boxAround, distanceToSegment } = regie.geometry;
  const HALO_PX = 2.8;
  const UP_DOWN_PX = [0, -13, 13, -24, 24, -36, 36, -48, 48]; // how far a name moves for marks
  const ASIDE = [0, -0.7, 0.7, -1.3, 1.3, -2, 2]; // in halves of its width, for names that matter
  const HIDING_PX = 26; // hiding a mark is as bad as standing this far from one's town
  const NEAR_PX = 40;
  const COLUMNS = 16;
  const ROWS = 12;
  const widths = new Map();

  /** Names made ready once: those that appear first come first, bigger towns before smaller. */
  function prepare(labels) {
    return labels
      .map(([name, latitude, longitude, zoom, rank]) => {
        const [x, y] = flat(longitude, latitude);
        return { name, x, y, zoom, rank };
      })
      .sort((a, b) => a.rank - b.rank || a.zoom - b.zoom);
  }

  /** Countries beyond the border, each with the outlines of its parts. */
  function prepareCountries(countries) {
    const byName = new Map();
    for (const { name, outline } of countries) {
      const line = flatLine(outline);
      const parts = byName.get(name) ?? [];
      parts.push({ line, box: boxOf(line) });
      byName.set(name, parts);
    }
    return [...byName].map(([name, parts]) => ({ name, parts }));
  }

  /** Choose names for this view; `room` knows what the marks have taken, and learns the names. */
  function choose(ctx, view, labels, room) {
    const chosen = [];
    for (const label of labels) {
      if (label.zoom > view.zoom + 0.75 || (view.small && label.rank > 2)) continue;
      const x = view.x(label.x);
      const y = view.y(label.y);
      if (x < -60 || y < -20 || x > view.width + 60 || y > view.height + 20) continue;
      const style = styleOf(label, view);
      const half = widthOf(ctx, label.name, style) / 2 + 3;
      const found = freeSpot(x, y, half, style, room);
      if (!found) continue;
      room.take(found.box);
      chosen.push({ ...style, name: label.name, x: found.x, y: found.y });
    }
    return chosen;
  }

  /** The nearest spot that hides nothing; a town that matters is written even where it must. */
  function freeSpot(x, y, halfWidth, { size, strong }, room) {
    const spots = spotsAround(x, y, halfWidth, strong);
    let least = null;
    for (const spot of spots) {
      const box = { ...boxAround(spot.x, spot.y, halfWidth, size / 2 + 2), name: true };
      const taken = room.takenBy(box);
      if (!taken.length) return { ...spot, box };
      if (taken.some(({ name, fixed }) => name || fixed)) continue;
      const cost = taken.length * HIDING_PX + Math.hypot(spot.x - x, spot.y - y);
      if (!least || cost < least.cost) least = { ...spot, box, cost };
      if (strong && spot.away > NEAR_PX && least.cost < 2 * HIDING_PX) return least;
    }
    return strong && least?.cost < 4 * HIDING_PX ? least : null;
  }

  /** Spots for a name, the nearest first. */
  function spotsAround(x, y, halfWidth, strong) {
    const spots = [];
    for (const aside of strong ? ASIDE : [0]) {
      for (const up of strong ? UP_DOWN_PX : UP_DOWN_PX.slice(0, 5)) {
        const right = aside * halfWidth;
        spots.push({ x: x + right, y: y + up, away: Math.hypot(right, up) });
      }
    }
    return spots.sort((a, b) => a.away - b.away);
  }

  function styleOf(label, view) {
    const nearer = view.zoom >= 12 ? 1 : 0;
    if (label.rank === 1) return { size: 13 + nearer, strong: true };
    if (label.rank === 2) return { size: 12 + nearer, strong: label.zoom <= view.zoom + 0.3 };
    return { size: 11 + (label.rank === 3 ? nearer : 0), strong: false };
  }

  function widthOf(ctx, name, { size, strong }) {
    const key = `${size}${strong}${name}`;
    let width = widths.get(key);
    if (width === undefined) {
      ctx.font = regie.look.font(size, strong);
      width = ctx.measureText(name).width;
      widths.set(key, width);
    }
    return width;
  }

  function paint(ctx, chosen) {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = HALO_PX;
    ctx.strokeStyle = regie.look.map.land;
    ctx.fillStyle = regie.look.map.label;
    for (const { name, x, y, size, strong } of chosen) {
      ctx.font = regie.look.font(size, strong);
      ctx.strokeText(name, x, y);
      ctx.fillText(name, x, y);
    }
  }

  /** Countries beyond the border, in spaced capitals, where they leave most room around. */
  function paintCountries(ctx, view, countries, room) {
    ctx.save();
    ctx.font = regie.look.font(view.small ? 11 : 12);
    ctx.letterSpacing = "3px";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = regie.look.map.label;
    for (const country of countries) {
      const name = country.name.toLocaleUpperCase(document.documentElement.lang);
      const half = ctx.measureText(name).width / 2 + 8;
      const spot = countrySpot(view, country, half, room);
      if (!spot) continue;
      room.take({ ...boxAround(spot.x, spot.y, half, 12), name: true });
      ctx.fillText(name, spot.x, spot.y);
    }
    ctx.restore();
  }

  /** Try a grid of spots in the pane: inside the country, free, and far from its border. */
  function countrySpot(view, country, half, room) {
    const { seen } = view;
    let best = null;
    for (const { line, box } of country.parts) {
      if (!overlap(box, view.flat)) continue;
      for (let column = 1; column < COLUMNS; column++) {
        for (let row = 1; row < ROWS; row++) {
          const x = seen.left + ((seen.right - seen.left) * column) / COLUMNS;
          const y = seen.top + ((seen.bottom - seen.top) * row) / ROWS;
          const clear = clearanceAt(view, line, x, y, half);
          if (clear <= (best?.clear ?? half + 6)) continue;
          if (room.isFree(boxAround(x, y, half, 16))) best = { x, y, clear };
        }
      }
    }
    return best;
  }

  /** How far a spot is from the border and the pane's edge; nothing when it lies outside. */
  function clearanceAt(view, line, x, y, half) {
    const { seen } = view;
    const edge = Math.min(x - seen.left, seen.right - x) - 10;
    if (edge < half || Math.min(y - seen.top - 50, seen.bottom - 30 - y) < 0) return 0;
    let inside = false;
    let nearest = edge;
    let ax = view.x(line[line.length - 2]);
    let ay = view.y(line[line.length - 1]);
    for (let i = 0; i < line.length; i += 2) {
      const bx = view.x(line[i]);
      const by = view.y(line[i + 1]);
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      nearest = Math.min(nearest, distanceToSegment(x, y, ax, ay, bx, by));
      ax = bx;
      ay = by;
    }
    return inside ? nearest : 0;
  }

  regie.names = {
    prepare,
    prepareCountries,
    choose,
    paint,
    paintCountries,
    forget: () => widths.clear(),
  };
})((window.regie = window.regie || {}));
