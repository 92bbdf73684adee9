// What floats over the map: toolbar, menus, legend, zoom buttons, scale and origin of the map.
(function (regie) {
  "use strict";

  const TOOLS = ["select", "box", "lasso"];
  const COLOURS = ["tour", "node", "state"];
  const LEGEND = [
    ["to_source", { queue: "to_source" }],
    ["no_candidate", { queue: "to_source", no_candidate: true }, "to_source"],
    ["offered", { queue: "offered", offer_left: 0.6 }],
    ["unplanned", { queue: "to_plan" }],
    ["no_carrier", { queue: "no_carrier" }],
    ["check", { queue: "blocked" }],
    ["stop", { queue: "planned", tour: 1, sequence: 3 }],
    ["tight", { queue: "planned", tour: 1, sequence: 4, slack: "tight" }, "stop"],
    ["late", { queue: "planned", tour: 1, sequence: 5, slack: "late" }, "stop"],
    ["carrier", { queue: "with_carrier" }],
    ["collect", { queue: "to_collect", mode: "click_and_collect" }],
    ["approximate", { queue: "to_source", approximate: true }, ""],
  ]; // prettier-ignore
  const OTHERS = ["lines", "nodes", "names"];

  class Panels {
    constructor(map, store, scene, tools, changed) {
      this._map = map;
      this._store = store;
      this._scene = scene;
      this._tools = tools;
      this._changed = changed;
      this._texts = {};
      this._open = null;
      tools.onTool = () => this.refresh();
      map.on("zoomend resize", () => this._scaleAndSize());
      document.addEventListener("mousedown", (event) => {
        if (!event.target.closest(".regie-menu, .regie-opener")) this._close();
      });
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this._open) {
          this._close();
          event.stopImmediatePropagation();
        }
      }, true); // prettier-ignore
    }

    /** Build everything in this language; `origin` is what the base map is made from. */
    build(texts, language, origin) {
      this._texts = texts;
      this._numbers = new Intl.NumberFormat(language);
      this._root?.remove();
      this._root = element("div", "regie-panels");
      this._legend = element("div", "regie-panel regie-legend");
      this._scale = element("div", "regie-scale");
      this._origin = element("div", "regie-origin", origin);
      const foot = element("div", "regie-foot");
      foot.append(this._scale, this._origin);
      this._root.append(this._toolbar(), this._zoomBar(), this._legend, foot);
      this._map.getContainer().append(this._root);
      L.DomEvent.disableScrollPropagation(this._root);
      for (const kind of ["click", "dblclick", "mousedown", "mousemove"]) {
        this._root.addEventListener(kind, (event) => {
          if (event.target.closest(".regie-panel, .regie-menu")) event.stopPropagation();
          if (kind === "mousedown" && !event.target.closest(".regie-menu, .regie-opener")) this._close();
        });
      }
      this._scaleAndSize();
      this.refresh();
    }

    /** Show the present choices and counts. */
    refresh() {
      if (!this._root) return;
      for (const [tool, button] of this._toolButtons) press(button, this._tools.tool === tool);
      this._colourName.textContent = this._texts["colour_" + this._store.colour];
      this._fillLegend();
      this._refill?.();
    }

    _toolbar() {
      const bar = element("div", "regie-panel regie-bar");
      bar.setAttribute("role", "toolbar");
      this._toolButtons = TOOLS.map((tool) => {
        const button = this._iconButton(tool, this._texts["tool_" + tool]);
        button.addEventListener("click", () => this._tools.use(tool));
        bar.append(button);
        return [tool, button];
      });
      bar.append(element("i", "regie-line"), this._colourOpener(), element("i", "regie-line"));
      bar.append(this._layersOpener());
      return bar;
    }

    _colourOpener() {
      this._colourName = element("b", "");
      const opener = this._opener([this._texts.colour + " ", this._colourName], (menu) => {
        for (const colour of COLOURS) {
          const label = this._texts["colour_" + colour];
          const row = menuRow(label, this._store.colour === colour, "menuitemradio");
          row.addEventListener("click", () => {
            this._store.colour = colour;
            this._close();
            this._choose();
          });
          menu.append(row);
        }
      });
      return opener;
    }

    _layersOpener() {
      const icon = regie.look.iconElement("layers", 16);
      return this._opener([icon, this._texts.layers], (menu) => this._fillLayers(menu));
    }

    _fillLayers(menu) {
      const counts = this._store.counts();
      for (const [name, , parent] of LEGEND) {
        if (parent === undefined && counts[name]) menu.append(this._layerRow(name, counts[name]));
      }
      menu.append(element("hr", ""));
      for (const name of OTHERS) menu.append(this._layerRow(name));
      const faded = menuRow(this._texts.fade_planned, this._store.faded, "menuitemcheckbox");
      faded.addEventListener("click", () => {
        this._store.faded = !this._store.faded;
        this._choose();
      });
      menu.append(faded);
      this._fillTours(menu);
    }

    _layerRow(name, count) {
      const row = menuRow(this._texts["layer_" + name], !this._store.hidden.has(name), "menuitemcheckbox");
      if (count !== undefined) row.append(element("span", "regie-count", this._numbers.format(count)));
      row.addEventListener("click", () => this._toggle(this._store.hidden, name));
      return row;
    }

    /** A chip for each tour: a click hides or shows it, a double click leaves it alone on the map. */
    _fillTours(menu) {
      const tours = [...this._store.tours.values()].sort((a, b) => a.number - b.number);
      if (!tours.length) return;
      menu.append(element("hr", ""), element("div", "regie-hint", this._texts.tours_hint));
      const chips = element("div", "regie-chips");
      const numbers = tours.map(({ number }) => number);
      for (const tour of tours) {
        const chip = element("button", "regie-chip", "T" + tour.number);
        const style = regie.look.tour(tour.number);
        chip.style.background = style.colour;
        chip.style.color = style.label;
        chip.title = tour.vehicle ?? "";
        press(chip, !this._store.hiddenTours.has(tour.number));
        chip.addEventListener("click", () => this._toggle(this._store.hiddenTours, tour.number));
        chip.addEventListener("dblclick", () => {
          this._store.hiddenTours = new Set(numbers.filter((number) => number !== tour.number));
          this._choose();
        });
        chips.append(chip);
      }
      menu.append(chips);
      if (!this._store.hiddenTours.size) return;
      const all = element("button", "regie-link", this._texts.all_tours);
      all.addEventListener("click", () => {
        this._store.hiddenTours = new Set();
        this._choose();
      });
      menu.append(all);
    }

    _toggle(set, name) {
      if (!set.delete(name)) set.add(name);
      this._choose();
    }

    _choose() {
      this.refresh();
      this._scene.refreshMarks();
      this._changed();
    }

    _opener(parts, fill) {
      const holder = element("div", "regie-holder");
      const opener = element("button", "regie-opener");
      opener.append(...parts, regie.look.iconElement("down", 14));
      opener.setAttribute("aria-haspopup", "menu");
      opener.setAttribute("aria-expanded", "false");
      opener.addEventListener("click", () => {
        const again = this._open?.holder === holder;
        this._close();
        if (!again) this._openMenu(holder, opener, fill);
      });
      holder.append(opener);
      return holder;
    }

    _openMenu(holder, opener, fill) {
      const menu = element("div", "regie-menu");
      menu.setAttribute("role", "menu");
      this._refill = () => {
        menu.replaceChildren();
        fill(menu);
      };
      this._refill();
      opener.setAttribute("aria-expanded", "true");
      holder.append(menu);
      menu.style.maxHeight = Math.max(120, this._map.getSize().y - 60) + "px";
      this._open = { holder, opener, menu };
    }

    _close() {
      this._open?.menu.remove();
      this._open?.opener.setAttribute("aria-expanded", "false");
      this._open = null;
      this._refill = null;
    }

    _zoomBar() {
      const bar = element("div", "regie-panel regie-zoom");
      const acts = {
        plus: () => this._map.zoomIn(),
        minus: () => this._map.zoomOut(),
        fit: () => regie.zoomTo(this._map, this._store.boxAround()),
      };
      for (const [name, act] of Object.entries(acts)) {
        const button = this._iconButton(name, this._texts["zoom_" + name]);
        button.addEventListener("click", act);
        bar.append(button);
      }
      return bar;
    }

    _iconButton(icon, label) {
      const button = element("button", "regie-icon");
      button.append(regie.look.iconElement(icon, 17));
      button.title = label;
      button.setAttribute("aria-label", label);
      return button;
    }

    _fillLegend() {
      this._legend.replaceChildren(element("div", "regie-title", this._texts.legend));
      const rows = this._store.colour === "node" ? this._nodeRows() : this._kindRows();
      this._legend.append(...rows);
      this._legend.hidden = rows.length === 0;
    }

    _kindRows() {
      const counts = this._store.counts();
      counts.no_candidate = 0;
      for (const mark of this._store.orders.values()) if (mark.no_candidate) counts.no_candidate += 1;
      return LEGEND.filter(([name]) => counts[name]).map(([name, mark, parent]) => {
        const group = parent ?? name;
        return this._legendRow(markPicture(this._sample(mark)), this._texts["legend_" + name], counts[name], group);
      });
    }

    /** A legend shows a stop without the colour of any tour, unless colours mean states. */
    _sample(mark) {
      const { colours } = regie.look;
      const neutral = { colour: colours.text2, label: regie.look.casing };
      const full = { slack: "easy", mode: "home_delivery", ...mark };
      const style = regie.marks.styleOf(full, {
        scale: 0.78,
        numbered: new Set([1]),
        colourOf: (sample) => this._store.colour === "state" ? this._store.colourOf(sample) : undefined,
      }); // prettier-ignore
      return style.form === "stop" && this._store.colour !== "state" ? { ...style, ...neutral } : style;
    }

    _nodeRows() {
      const counts = this._store.countsByNode();
      return [...this._store.nodes.values()]
        .filter(({ id }) => counts.get(id))
        .sort((a, b) => counts.get(b.id) - counts.get(a.id))
        .slice(0, 12)
        .map(({ id, name }) => {
          const dot = element("i", "regie-dot");
          dot.style.background = regie.look.tour(this._store.nodeNumber(id)).colour;
          return this._legendRow(dot, `${id} ${name ?? ""}`.trim(), counts.get(id));
        });
    }

    _legendRow(picture, label, count, group) {
      const row = element(group ? "button" : "div", "regie-row");
      const number = element("span", "regie-count", this._numbers.format(count));
      row.append(picture, element("span", "regie-label", label), number);
      if (group) {
        press(row, !this._store.hidden.has(group));
        row.title = this._texts.legend_hint;
        row.addEventListener("click", () => this._toggle(this._store.hidden, group));
      }
      return row;
    }

    _scaleAndSize() {
      if (!this._root) return;
      const size = this._map.getSize();
      this._root.classList.toggle("regie-small", size.x < 820 || size.y < 430);
      this._root.classList.toggle("regie-narrow", size.x < 560);
      const { metres, pixels } = niceScale(this._map, size.x < 820 ? 84 : 110);
      const [figure, unit] = metres >= 1000 ? [metres / 1000, "km"] : [metres, "m"];
      this._scale.textContent = `${this._numbers.format(figure)}\u00a0${unit}`;
      this._scale.style.setProperty("--length", pixels + "px");
    }
  }

  /** The longest round distance that is at most so many pixels long. */
  function niceScale(map, most) {
    const middle = map.getSize().y / 2;
    const from = map.containerPointToLatLng([0, middle]);
    const to = map.containerPointToLatLng([most, middle]);
    const there = map.distance(from, to);
    const power = 10 ** Math.floor(Math.log10(there));
    const metres = [5, 2, 1].map((step) => step * power).find((round) => round <= there);
    return { metres, pixels: (most * metres) / there };
  }

  function markPicture(style) {
    const canvas = element("canvas", "");
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.height = 22 * ratio;
    const ctx = canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    regie.marks.draw(ctx, style, 11, 11, ratio);
    return canvas;
  }

  function menuRow(label, checked, role) {
    const row = element("button", "regie-menu-row");
    row.setAttribute("role", role);
    row.setAttribute("aria-checked", String(checked));
    const tick = element("span", "regie-tick");
    if (checked) tick.append(regie.look.iconElement("check", 14));
    row.append(tick, element("span", "regie-label", label));
    return row;
  }

  function press(button, pressed) {
    button.setAttribute("aria-pressed", String(pressed));
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    if (tag === "button") made.type = "button";
    return made;
  }

  regie.element = element;
  regie.Panels = Panels;
})((window.regie = window.regie || {}));
