// The look in force: colours, dashes and type as they were handed over; none is written here.
(function (regie) {
  "use strict";

  let look = null;
  let icons = {};

  /** Take a look over: scripts ask for it, the style sheet gets it as custom properties. */
  function use(handedOver) {
    look = handedOver;
    const root = document.documentElement;
    for (const [name, colour] of Object.entries({ ...look.colours, ...prefixed(look.map) })) {
      root.style.setProperty("--" + name.replaceAll("_", "-"), colour);
    }
    for (const [name, pixels] of Object.entries(look.type)) {
      root.style.setProperty("--type-" + name, pixels + "px");
    }
    root.style.setProperty("--shade", look.shade);
    root.style.setProperty("--font", look.font);
    root.style.setProperty("--motion", look.motion_ms + "ms");
    root.style.colorScheme = look.name;
  }

  function prefixed(map) {
    return Object.fromEntries(Object.entries(map).map(([name, colour]) => ["map_" + name, colour]));
  }

  /** How tour `number` is drawn: the list once, then again with a ring. */
  function tour(number) {
    const style = look.tours[(number - 1) % look.tours.length];
    return { ...style, ringed: number > look.tours.length };
  }

  function useIcons(paths) {
    icons = Object.fromEntries(Object.entries(paths).map(([name, d]) => [name, { d, path: new Path2D(d) }]));
  }

  /** Draw an icon of the 24 grid with its middle at (x, y). */
  function drawIcon(ctx, name, x, y, size, colour) {
    ctx.save();
    ctx.translate(x - size / 2, y - size / 2);
    ctx.scale(size / 24, size / 24);
    ctx.fillStyle = colour;
    ctx.fill(icons[name].path);
    ctx.restore();
  }

  /** An icon as an element, coloured like the text round it. */
  function iconElement(name, size = 16) {
    const namespace = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(namespace, "svg");
    const path = document.createElementNS(namespace, "path");
    for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: size, height: size })) {
      svg.setAttribute(key, value);
    }
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", icons[name].d);
    path.setAttribute("fill", "currentColor");
    svg.append(path);
    return svg;
  }

  regie.look = {
    use,
    useIcons,
    tour,
    drawIcon,
    iconElement,
    get colours() {
      return look.colours;
    },
    get map() {
      return look.map;
    },
    get type() {
      return look.type;
    },
    get name() {
      return look.name;
    },
    get casing() {
      return look.casing;
    },
    get shade() {
      return look.shade;
    },
    get still() {
      return look.motion_ms === 0;
    },
    font(pixels, strong = false) {
      return `${strong ? 600 : 400} ${pixels}px ${look.font}`;
    },
  };
})((window.regie = window.regie || {}));
