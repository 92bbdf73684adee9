// The ways of the tours, and the tags that name them.
(function (regie) {
  "use strict";

  const { boxAround, distanceToSegment } = regie.geometry;
  const WIDTH = 2.3;
  const SELECTED_WIDTH = 4;
  const CASING = 2.6;
  const DASH_WIDTH = 3; // the line width that dashes are given for
  const UNKNOWN_WIDTH = 1.5;
  const UNKNOWN_DASH = [2, 4];
  const FADED = 0.72;
  const FAR_ZOOM = 9; // farther away, only tags that find room are written
  const TAG = { width: 24, height: 16 };
  const TAG_SPOTS = [
    [1, -1], [1, 0], [-1, -1], [-1, 0], [0, -1.35], [0, 1.35], [1, 1], [-1, 1],
  ]; // prettier-ignore

  /** Draw the ways; `way.selected` are the numbers that stand out, `way.quiet` greys them all. */
  function paint(ctx, view, tours, way) {
    const someSelected = tours.some((tour) => way.selected.has(tour.number));
    const later = [];
    ctx.lineCap = "butt";
    ctx.lineJoin = "round";
    for (const tour of tours) {
      if (way.selected.has(tour.number)) {
        later.push(tour);
        continue;
      }
      ctx.globalAlpha = someSelected || way.faded ? FADED : 1;
      paintTour(ctx, view, tour, WIDTH, way);
    }
    ctx.globalAlpha = 1;
    for (const tour of later) paintTour(ctx, view, tour, SELECTED_WIDTH, way);
    ctx.setLineDash([]);
  }

  function paintTour(ctx, view, tour, width, way) {
    const style = regie.look.tour(tour.number);
    const colour = way.quiet ? regie.look.colours.text3 : style.colour;
    const thick = width * way.scale;
    const known = new Path2D();
    const unknown = new Path2D();
    for (const leg of tour.legs) traceLeg(leg.road ? known : unknown, view, leg);
    ctx.setLineDash([]);
    ctx.strokeStyle = regie.look.casing;
    ctx.lineWidth = thick + CASING;
    ctx.stroke(known);
    ctx.strokeStyle = colour;
    ctx.lineWidth = thick;
    ctx.setLineDash(style.dash.map((part) => (part * thick) / DASH_WIDTH));
    ctx.stroke(known);
    const thin = (UNKNOWN_WIDTH * width) / WIDTH;
    ctx.lineWidth = thin;
    ctx.setLineDash(UNKNOWN_DASH.map((part) => (part * thin) / UNKNOWN_WIDTH));
    ctx.stroke(unknown);
  }

  function traceLeg(path, view, leg) {
    const { line } = leg;
    path.moveTo(view.x(line[0]), view.y(line[1]));
    for (let i = 2; i < line.length; i += 2) path.lineTo(view.x(line[i]), view.y(line[i + 1]));
  }

  /** Find each tag a spot beside its stop where it hides no mark, nor another tag. */
  function placeTags(view, tours, way, room) {
    const tags = [];
    for (const tour of tours) {
      const x = view.x(tour.tagX);
      const y = view.y(tour.tagY);
      const spots = TAG_SPOTS.map(([right, down]) => [
        x + right * (TAG.width / 2 + 9 * way.scale),
        y + down * (TAG.height / 2 + 8 * way.scale),
      ]);
      const free = spots.find(([tx, ty]) => room.isFree(boxAround(tx, ty, 13, 9)));
      if (!free && view.zoom < FAR_ZOOM && !way.selected.has(tour.number)) continue;
      const [tagX, tagY] = free ?? spots[0];
      const box = boxAround(tagX, tagY, TAG.width / 2 + 1, TAG.height / 2 + 1);
      room.take(box);
      tags.push({ tour, x: tagX, y: tagY, box });
    }
    return tags;
  }

  function paintTags(ctx, tags, way) {
    const someSelected = tags.some(({ tour }) => way.selected.has(tour.number));
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const { tour, x, y } of tags) {
      const style = regie.look.tour(tour.number);
      const label = "T" + tour.number;
      const half = Math.max(TAG.width, 10 + 7 * label.length) / 2;
      ctx.globalAlpha = someSelected && !way.selected.has(tour.number) ? 0.86 : 1;
      rounded(ctx, x - half - 1.2, y - TAG.height / 2 - 1.2, 2 * half + 2.4, TAG.height + 2.4, 3);
      ctx.fillStyle = regie.look.casing;
      ctx.fill();
      rounded(ctx, x - half, y - TAG.height / 2, 2 * half, TAG.height, 2);
      ctx.fillStyle = style.colour;
      ctx.fill();
      if (style.ringed) {
        rounded(ctx, x - half + 1.8, y - TAG.height / 2 + 1.8, 2 * half - 3.6, TAG.height - 3.6, 1);
        ctx.strokeStyle = style.label;
        ctx.lineWidth = 1;
        ctx.stroke();
      }
      ctx.font = regie.look.font(style.ringed ? 10 : 11, true);
      ctx.fillStyle = style.label;
      ctx.fillText(label, x, y + 0.5);
    }
    ctx.globalAlpha = 1;
  }

  function rounded(ctx, x, y, width, height, radius) {
    ctx.beginPath();
    ctx.roundRect(x, y, width, height, radius);
  }

  /** The tour whose way passes nearest to this spot, within a few pixels. */
  function at(view, tours, x, y, within = 5) {
    let nearest = null;
    let best = within;
    for (const tour of tours) {
      for (const { line } of tour.legs) {
        for (let i = 2; i < line.length; i += 2) {
          const away = distanceToSegment(
            x, y, view.x(line[i - 2]), view.y(line[i - 1]), view.x(line[i]), view.y(line[i + 1]),
          ); // prettier-ignore
          if (away < best) {
            best = away;
            nearest = tour;
          }
        }
      }
    }
    return nearest;
  }

  regie.tours = { paint, placeTags, paintTags, at };
})((window.regie = window.regie || {}));
