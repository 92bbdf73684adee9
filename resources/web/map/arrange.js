// Where each mark stands in this view: alone, fanned out round a shared spot, or in a crowd.
(function (regie) {
  "use strict";

  const CROWDED = 350; // so many marks in view are drawn as crowds when far away
  const NEAR_ZOOM = 12.5;
  const CROWD_R = 40;
  const FAN_MOST = 8; // more pins on one spot wait behind a number until a click
  const FAN_ZOOM = 10;

  /** Place the marks of a view; what lies outside it is left out. */
  function arrange(view, marks, way) {
    const inView = [];
    const { flat } = view;
    const margin = 20 / view.scale;
    for (const mark of marks) {
      if (mark.x < flat.left - margin || mark.x > flat.right + margin) continue;
      if (mark.y < flat.top - margin || mark.y > flat.bottom + margin) continue;
      inView.push(mark);
    }
    const placed = { marks: [], crowds: [] };
    const crowded = inView.length > CROWDED && view.zoom < NEAR_ZOOM;
    if (crowded) gather(view, inView, way, placed);
    else spread(view, inView, way, placed);
    placed.marks.sort((a, b) => a.level - b.level);
    return placed;
  }

  /** Far away: neighbours become one disc with their number; trouble and selection stay alone. */
  function gather(view, marks, way, placed) {
    const crowds = new Crowds();
    for (const mark of marks) {
      const x = view.x(mark.x);
      const y = view.y(mark.y);
      if (way.alone(mark)) placed.marks.push(placeOf(mark, x, y, way));
      else crowds.join(mark, x, y);
    }
    for (const crowd of crowds.all) {
      if (crowd.marks.length > 2) placed.crowds.push(discOf(crowd));
      else for (const mark of crowd.marks) placed.marks.push(placeOf(mark, view.x(mark.x), view.y(mark.y), way));
    }
  }

  /** Groups of neighbours: each mark joins the first group near enough, which moves to its middle. */
  class Crowds {
    constructor() {
      this.all = [];
      this._cells = new Map();
    }

    join(mark, x, y) {
      const crowd = this._near(x, y) ?? this._begin(x, y);
      crowd.marks.push(mark);
      const weight = 1 / crowd.marks.length;
      crowd.x += (x - crowd.x) * weight;
      crowd.y += (y - crowd.y) * weight;
    }

    _begin(x, y) {
      const crowd = { x, y, seedX: x, seedY: y, marks: [] };
      const key = Math.floor(x / CROWD_R) * 65536 + Math.floor(y / CROWD_R);
      const there = this._cells.get(key);
      if (there) there.push(crowd);
      else this._cells.set(key, [crowd]);
      this.all.push(crowd);
      return crowd;
    }

    _near(x, y) {
      const column = Math.floor(x / CROWD_R);
      const line = Math.floor(y / CROWD_R);
      for (let i = -1; i <= 1; i++) {
        for (let j = -1; j <= 1; j++) {
          for (const crowd of this._cells.get((column + i) * 65536 + line + j) ?? []) {
            if (Math.hypot(crowd.seedX - x, crowd.seedY - y) < CROWD_R) return crowd;
          }
        }
      }
      return null;
    }
  }

  /** Near: every mark by itself; those on one spot fan out round it. */
  function spread(view, marks, way, placed) {
    const spots = new Map();
    for (const mark of marks) {
      const there = spots.get(mark.spot);
      if (there) there.push(mark);
      else spots.set(mark.spot, [mark]);
    }
    for (const [spot, there] of spots) {
      const x = view.x(there[0].x);
      const y = view.y(there[0].y);
      const most = view.zoom < FAN_ZOOM ? 2 : FAN_MOST;
      if (there.length === 1) placed.marks.push(placeOf(there[0], x, y, way));
      else if (there.length <= most || way.opened.has(spot)) fanOut(there, x, y, way, placed);
      else placed.crowds.push(discOf({ x, y, marks: there, spot }));
    }
  }

  function fanOut(marks, x, y, way, placed) {
    marks.forEach((mark, i) => {
      const [right, down] = fanOffset(i, marks.length, way.scale);
      placed.marks.push({ ...placeOf(mark, x + right, y + down, way), home: [x, y] });
    });
  }

  /** A ring for a few, a sunflower for many. */
  function fanOffset(i, count, scale) {
    if (count <= FAN_MOST) {
      const radius = Math.max(10, (count * 17) / (2 * Math.PI)) * scale;
      const angle = -Math.PI / 2 + (2 * Math.PI * i) / count;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }
    const radius = 12 * Math.sqrt(i + 1) * scale;
    const angle = i * 2.399963;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }

  function placeOf(mark, x, y, way) {
    const style = regie.marks.styleOf(mark, way);
    return { mark, x, y, style, reach: regie.marks.reachOf(style), level: levelOf(mark, style) };
  }

  function levelOf(mark, style) {
    if (style.form === "settled") return 0;
    if (style.form === "stop") return style.ring ? 5 : style.text ? 4 : 1;
    return style.form === "pin" ? 6 : 3;
  }

  function discOf(crowd) {
    const reach = 9 + Math.min(11, 4 * Math.log10(crowd.marks.length));
    return { ...crowd, reach };
  }

  /** A crowd's disc: its number, and a ring that says how its pins are coloured. */
  function paintCrowd(ctx, crowd, way) {
    const { colours } = regie.look;
    ctx.save();
    ctx.translate(crowd.x, crowd.y);
    regie.glyphs.dot(ctx, 0, 0, crowd.reach + 1.2, regie.look.casing);
    regie.glyphs.dot(ctx, 0, 0, crowd.reach, colours.surface0);
    let from = 0;
    for (const [colour, share] of sharesOf(crowd, way)) {
      regie.glyphs.arc(ctx, crowd.reach - 1.5, from, share, colour, 3);
      from += share;
    }
    ctx.font = regie.look.font(crowd.marks.length > 999 ? 9.5 : 10.5, true);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = colours.text1;
    ctx.fillText(way.number(crowd.marks.length), 0, 0.5);
    ctx.restore();
  }

  function sharesOf(crowd, way) {
    const shares = new Map();
    for (const mark of crowd.marks) {
      const { colour } = regie.marks.styleOf(mark, way);
      const shown = colour ?? regie.look.colours.border_strong;
      shares.set(shown, (shares.get(shown) ?? 0) + 1 / crowd.marks.length);
    }
    return [...shares].sort((a, b) => b[1] - a[1]);
  }

  regie.arrange = { arrange, paintCrowd };
})((window.regie = window.regie || {}));
