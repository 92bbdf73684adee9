// The pale land beneath everything: coasts, towns, lakes, rivers and borders.
(function (regie) {
  "use strict";

  const { flatLine, boxOf, overlap } = regie.geometry;
  const URBAN_GONE = 14; // built-up areas are schematic: nearer they fade, and end here
  const FINEST_PX = 0.6; // points closer than this are not worth a line

  /** Shapes made ready for painting, once. */
  function prepare(geography) {
    const shapes = (lines, fill) => lines.map((rings) => shapeOf(rings, fill));
    return {
      land: shapes(geography.land, true),
      urban: shapes(geography.urban, true),
      lakes: shapes(geography.lakes, true),
      borders: shapes(geography.borders.map((line) => [line]), false),
      frontiers: shapes(geography.frontiers.map((line) => [line]), false),
      rivers: geography.rivers.map(({ line, great }) => ({ ...shapeOf([line], false), great })),
    };
  }

  function shapeOf(rings, closed) {
    const lines = rings.map(flatLine);
    return { lines, closed, box: boxOf(lines[0]) };
  }

  function paint(ctx, view, ground, covered) {
    const { map } = regie.look;
    ctx.fillStyle = ground.land.length ? map.water : map.land;
    ctx.fillRect(0, 0, view.width, view.height);
    fill(ctx, view, ground.land, map.land);
    ctx.globalAlpha = Math.max(0, Math.min(1, (URBAN_GONE - view.zoom) / 2));
    fill(ctx, view, ground.urban, map.urban);
    ctx.globalAlpha = 1;
    fill(ctx, view, ground.lakes, map.water);
    ctx.lineJoin = ctx.lineCap = "round";
    for (const river of ground.rivers) {
      const width = riverWidth(view.zoom, river.great);
      if (width >= 0.4) stroke(ctx, view, [river], map.water, width);
    }
    ctx.setLineDash([3, 3]);
    if (view.zoom >= 7) stroke(ctx, view, ground.borders, map.road_casing, 1);
    ctx.setLineDash([8, 3, 2, 3]);
    stroke(ctx, view, ground.frontiers, map.motorway_casing, 1.2);
    ctx.setLineDash([]);
    clearCovered(ctx, view, covered);
  }

  /** Where an imported map knows better, the overview's coarse shapes give way. */
  function clearCovered(ctx, view, covered) {
    if (!covered || view.zoom < covered.zoom) return;
    const left = view.x(covered.left);
    const top = view.y(covered.top);
    ctx.fillStyle = regie.look.map.land;
    ctx.fillRect(left, top, view.x(covered.right) - left, view.y(covered.bottom) - top);
  }

  function riverWidth(zoom, great) {
    return (great ? 1.5 : 0.85) * Math.max(0.45, Math.min(4, 0.4 * (zoom - 4.5)));
  }

  function fill(ctx, view, shapes, colour) {
    ctx.beginPath();
    for (const shape of shapes) trace(ctx, view, shape);
    ctx.fillStyle = colour;
    ctx.fill("evenodd");
  }

  function stroke(ctx, view, shapes, colour, width) {
    ctx.beginPath();
    for (const shape of shapes) trace(ctx, view, shape);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }

  function trace(ctx, view, shape) {
    if (!overlap(shape.box, view.flat)) return;
    for (const line of shape.lines) {
      let lastX = view.x(line[0]);
      let lastY = view.y(line[1]);
      ctx.moveTo(lastX, lastY);
      for (let i = 2; i < line.length; i += 2) {
        const x = view.x(line[i]);
        const y = view.y(line[i + 1]);
        const last = i === line.length - 2;
        if (!last && Math.abs(x - lastX) < FINEST_PX && Math.abs(y - lastY) < FINEST_PX) continue;
        ctx.lineTo(x, y);
        lastX = x;
        lastY = y;
      }
      if (shape.closed) ctx.closePath();
    }
  }

  regie.ground = { prepare, paint, shapeOf, trace };
})((window.regie = window.regie || {}));
