// Areas closed to some vehicles: a tint with a broken edge, and their names where there is room.
(function (regie) {
  "use strict";

  const { boxAround } = regie.geometry;
  const LEAST_NAMED_PX = 70; // smaller areas go without their name
  const NAME_PX = 11;
  const HEIGHTS = [0, -0.2, 0.2, -0.4, 0.4]; // where a name is tried, from the middle outwards

  /** Areas made ready for painting; the name stands in the middle of the largest ring. */
  function prepare(areas) {
    return areas.map(({ name, rings }) => {
      const shape = regie.ground.shapeOf(rings, true);
      return { name, shape, ...middleOf(shape.lines) };
    });
  }

  function middleOf(lines) {
    const boxes = lines.map(regie.geometry.boxOf);
    const size = ({ left, right, top, bottom }) => (right - left) * (bottom - top);
    const largest = boxes.reduce((best, box) => (size(box) > size(best) ? box : best));
    return {
      x: (largest.left + largest.right) / 2,
      y: (largest.top + largest.bottom) / 2,
      across: largest.right - largest.left,
      high: largest.bottom - largest.top,
    };
  }

  function paint(ctx, view, areas) {
    const { danger } = regie.look.colours;
    ctx.lineWidth = 1.4;
    ctx.lineJoin = "round";
    for (const { shape } of areas) {
      ctx.beginPath();
      regie.ground.trace(ctx, view, shape);
      ctx.globalAlpha = 0.07;
      ctx.fillStyle = danger;
      ctx.fill("evenodd");
      ctx.globalAlpha = 0.7;
      ctx.strokeStyle = danger;
      ctx.setLineDash([6, 3, 1.5, 3]);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
    }
  }

  /** Marks came first: a name that would touch one is left out. */
  function paintNames(ctx, view, areas, room) {
    ctx.font = regie.look.font(NAME_PX, true);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 2.8;
    for (const area of areas) {
      if (view.x(area.x + area.across) - view.x(area.x) < LEAST_NAMED_PX) continue;
      const half = ctx.measureText(area.name).width / 2 + 3;
      const box = freeBox(view, area, half, room);
      if (!box) continue;
      room.take(box);
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      ctx.strokeStyle = regie.look.map.land;
      ctx.strokeText(area.name, x, y);
      ctx.fillStyle = regie.look.colours.danger;
      ctx.fillText(area.name, x, y);
    }
  }

  function freeBox(view, { x, y, high }, half, room) {
    return HEIGHTS.map((part) => boxAround(view.x(x), view.y(y + part * high), half, NAME_PX)).find(
      (box) => room.isFree(box),
    );
  }

  regie.areas = { prepare, paint, paintNames };
})((window.regie = window.regie || {}));
