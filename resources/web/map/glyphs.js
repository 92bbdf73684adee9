// How marks are drawn: orders from small pictures made once for each style, nodes by themselves.
(function (regie) {
  "use strict";

  const RING_GAP = 3.4;
  const NODE_R = 14.5;
  const NODE_ICON = 19;
  const FAR_NODE_R = 4;
  const FULL_LOAD = 0.8; // from here on a node's ring is amber
  const sprites = new Map();

  /** Draw a mark with its middle at (x, y), from a picture made once for its style. */
  function draw(ctx, style, x, y, ratio) {
    const half = (style.r + 9) * style.scale;
    const sprite = spriteOf(style, half, ratio);
    ctx.drawImage(sprite, x - half, y - half, 2 * half, 2 * half);
  }

  function spriteOf(style, half, ratio) {
    const key = JSON.stringify(style) + ratio;
    let sprite = sprites.get(key);
    if (!sprite) {
      sprite = document.createElement("canvas");
      sprite.width = sprite.height = Math.ceil(2 * half * ratio);
      const ctx = sprite.getContext("2d");
      const scale = sprite.width / (2 * (style.r + 9));
      ctx.setTransform(scale, 0, 0, scale, sprite.width / 2, sprite.height / 2);
      paintMark(ctx, style);
      sprites.set(key, sprite);
    }
    return sprite;
  }

  function paintMark(ctx, style) {
    const { colours } = regie.look;
    ctx.lineJoin = "round";
    FORMS[style.form](ctx, style, colours);
    if (style.ring) paintRing(ctx, style, colours);
    if (style.badge) paintBadge(ctx, style.badge, style.r * 0.95, -style.r * 0.95, colours);
    if (style.approximate) paintApproximate(ctx, style, colours);
  }

  const FORMS = {
    stop(ctx, style) {
      trace(ctx, style.shape, style.r);
      casedFill(ctx, style.colour);
      if (style.done) dot(ctx, 0, 0, style.r * 0.42, regie.look.casing);
      if (style.text) write(ctx, style.text, style.label, style.text.length > 2 ? 8.5 : 10);
    },
    hollow(ctx, style, colours) {
      trace(ctx, style.shape, style.r - 1);
      ctx.fillStyle = colours.surface0;
      ctx.fill();
      ctx.strokeStyle = style.colour ?? colours.text1;
      ctx.lineWidth = 2;
      ctx.stroke();
      if (style.text) write(ctx, style.text, colours.text1, 9);
    },
    broken(ctx, style, colours) {
      trace(ctx, style.shape, style.r - 1);
      ctx.fillStyle = colours.surface0;
      ctx.fill();
      ctx.strokeStyle = style.colour ?? colours.text1;
      ctx.lineWidth = 2;
      ctx.setLineDash([2.9, 2.1]);
      ctx.stroke();
      ctx.setLineDash([]);
    },
    offer(ctx, style, colours) {
      trace(ctx, "circle", style.r);
      ctx.fillStyle = colours.surface0;
      ctx.fill();
      arc(ctx, style.r - 1.2, 0, 1, colours.border, 2.4);
      const hurried = style.share < 0.25;
      arc(ctx, style.r - 1.2, 0, style.share, hurried ? colours.warn_solid : colours.info, 2.4);
      trace(ctx, style.shape, style.r * 0.42);
      ctx.strokeStyle = colours.text1;
      ctx.lineWidth = 1.7;
      ctx.stroke();
    },
    settled(ctx, style) {
      trace(ctx, style.shape, style.r);
      casedFill(ctx, style.colour);
    },
    pin(ctx, style, colours) {
      trace(ctx, "circle", style.r + 1);
      ctx.fillStyle = colours.surface0;
      ctx.fill();
      regie.look.drawIcon(ctx, "pin", 0, 0, 15, colours.warn_solid);
    },
  };

  /** A shape whose area stays about the same, whatever its kind. */
  function trace(ctx, shape, r) {
    ctx.beginPath();
    if (shape === "diamond") {
      const d = r * 1.22;
      ctx.moveTo(0, -d);
      ctx.lineTo(d, 0);
      ctx.lineTo(0, d);
      ctx.lineTo(-d, 0);
      ctx.closePath();
    } else if (shape === "house") {
      ctx.moveTo(0, -r * 1.16);
      ctx.lineTo(r * 1.04, -r * 0.16);
      ctx.lineTo(r * 1.04, r * 0.98);
      ctx.lineTo(-r * 1.04, r * 0.98);
      ctx.lineTo(-r * 1.04, -r * 0.16);
      ctx.closePath();
    } else {
      ctx.arc(0, 0, r, 0, 2 * Math.PI);
    }
  }

  function casedFill(ctx, colour) {
    ctx.strokeStyle = regie.look.casing;
    ctx.lineWidth = 2.4;
    ctx.stroke();
    ctx.fillStyle = colour;
    ctx.fill();
  }

  function paintRing(ctx, style, colours) {
    const late = style.ring === "late";
    const r = style.r + RING_GAP;
    ctx.setLineDash(late ? [] : [r * 0.42, r * 0.245]);
    arc(ctx, r, 0, 1, late ? colours.danger : colours.warn_solid, 2.2);
    ctx.setLineDash([]);
    if (late) paintBadge(ctx, "bang", style.r * 0.95, -style.r * 0.95, colours);
  }

  function paintBadge(ctx, badge, x, y, colours) {
    ctx.save();
    ctx.translate(x, y);
    if (badge === "triangle") {
      ctx.beginPath();
      ctx.moveTo(0, -5.4);
      ctx.lineTo(5.6, 4.4);
      ctx.lineTo(-5.6, 4.4);
      ctx.closePath();
      badgeFill(ctx, colours.warn_solid, colours);
      write(ctx, "!", regie.look.shade, 8, 0.6);
    } else if (badge === "octagon") {
      ctx.beginPath();
      for (let corner = 0; corner < 8; corner++) {
        const angle = ((corner + 0.5) * Math.PI) / 4;
        ctx.lineTo(5.4 * Math.cos(angle), 5.4 * Math.sin(angle));
      }
      ctx.closePath();
      badgeFill(ctx, colours.danger, colours);
      ctx.strokeStyle = colours.surface0;
      ctx.lineWidth = 1.5;
      ctx.beginPath();
      for (const side of [-1, 1]) {
        ctx.moveTo(-2 * side, -2);
        ctx.lineTo(2 * side, 2);
      }
      ctx.stroke();
    } else {
      ctx.beginPath();
      ctx.arc(0, 0, 4.6, 0, 2 * Math.PI);
      badgeFill(ctx, colours.danger, colours);
      write(ctx, "!", colours.surface0, 8, 0.2);
    }
    ctx.restore();
  }

  function badgeFill(ctx, colour, colours) {
    ctx.strokeStyle = colours.surface0;
    ctx.lineWidth = 1.8;
    ctx.lineJoin = "round";
    ctx.stroke();
    ctx.fillStyle = colour;
    ctx.fill();
  }

  function paintApproximate(ctx, style, colours) {
    ctx.save();
    ctx.translate(-style.r * 0.9, style.r * 0.9);
    dot(ctx, 0, 0, 4.6, colours.surface0);
    arc(ctx, 4.6, 0, 1, colours.border_strong, 0.8);
    write(ctx, "≈", colours.text1, 9, 0.2);
    ctx.restore();
  }

  /** A part of a circle, from the top, clockwise; `share` is 0 to 1. */
  function arc(ctx, r, from, share, colour, width) {
    if (share <= 0) return;
    const start = -Math.PI / 2 + from * 2 * Math.PI;
    ctx.beginPath();
    ctx.arc(0, 0, r, start, start + share * 2 * Math.PI);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }

  function dot(ctx, x, y, r, colour) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
  }

  function write(ctx, text, colour, pixels, lower = 0.5) {
    ctx.font = regie.look.font(pixels, true);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = colour;
    ctx.fillText(text, 0, lower);
  }

  /** A stock node: disc, icon, ring of its preparation load. */
  function drawNode(ctx, node, x, y, scale) {
    const { colours } = regie.look;
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(scale, scale);
    dot(ctx, 0, 0, NODE_R + 1, regie.look.casing);
    dot(ctx, 0, 0, NODE_R, colours.surface0);
    if (node.load === undefined) {
      arc(ctx, NODE_R - 0.8, 0, 1, colours.border_strong, 1.6);
    } else {
      const ring = node.load > FULL_LOAD ? colours.warn_solid : colours.text3;
      arc(ctx, NODE_R - 1.3, 0, 1, colours.surface2, 2.6);
      arc(ctx, NODE_R - 1.3, 0, Math.min(1, node.load), ring, 2.6);
      arc(ctx, NODE_R, 0, 1, colours.border_strong, 0.8);
    }
    const ink = node.closed ? colours.disabled : colours.text1;
    regie.look.drawIcon(ctx, node.kind, 0, -0.3, NODE_ICON, ink);
    if (node.closed) paintBadge(ctx, "octagon", NODE_R * 0.7, -NODE_R * 0.7, colours);
    ctx.restore();
  }

  /** From far away a node is only a spot. */
  function drawFarNode(ctx, node, x, y) {
    const { colours } = regie.look;
    dot(ctx, x, y, FAR_NODE_R + 1.2, regie.look.casing);
    dot(ctx, x, y, FAR_NODE_R, node.closed ? colours.disabled : colours.text1);
  }

  /** The code below a node, written over whatever stands there. */
  function drawCode(ctx, node, x, y, scale) {
    const { colours, map } = regie.look;
    const below = y + (NODE_R + 8.5) * scale;
    ctx.font = regie.look.font(scale < 1 ? 9 : 10.5, true);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3;
    ctx.strokeStyle = map.land;
    ctx.strokeText(node.id, x, below);
    ctx.fillStyle = node.closed ? colours.disabled : colours.text1;
    ctx.fillText(node.id, x, below);
  }

  regie.glyphs = {
    draw,
    drawNode,
    drawFarNode,
    drawCode,
    arc,
    dot,
    nodeReach: NODE_R,
    farNodeReach: FAR_NODE_R,
    forget: () => sprites.clear(),
  };
})((window.regie = window.regie || {}));
