// What floats over the map: toolbar with its menus, zoom buttons, legend, scale, and origin.
(function (regie) {
  "use strict";

  const { element, press, iconButton, menuRow } = regie;
  const TOOLS = ["select", "box", "lasso"];
  const COLOURS = ["tour", "node", "state"];
  const OTHER_LAYERS = ["lines", "nodes", "names"];
  const SMALL = { width: 820, height: 430 };

  class Panels {
    constructor(map, store, scene, tools, chosen) {
      this._map = map;
      this._store = store;
      this._scene = scene;
      this._tools = tools;
      this._chosen = chosen;
      this._menus = new regie.Menus(map);
      tools.onTool = () => this.refresh();
      map.on("zoomend resize", () => this._measure());
    }

    /** Build everything in this language; `origin` is what the base map is made from. */
    build(texts, language, origin) {
      this._menus.close();
      this._root?.remove();
      this._texts = texts;
      this._numbers = new Intl.NumberFormat(language);
      this._legend = new regie.Legend(this._store, texts, this._numbers, (group) =>
        this._toggle(this._store.hidden, group),
      );
      this._root = element("div", "regie-panels");
      this._scale = element("div", "regie-scale");
      const foot = element("div", "regie-foot");
      foot.append(this._scale, element("div", "regie-origin", origin));
      this._root.append(this._toolbar(), this._zoomBar(), this._legend.element, foot);
      this._map.getContainer().append(this._root);
      keepFromMap(this._root);
      this._measure();
      this.refresh();
    }

    /** Show the present choices and counts. */
    refresh() {
      if (!this._root) return;
      for (const [tool, button] of this._toolButtons) press(button, this._tools.tool === tool);
      this._colourName.textContent = this._texts["colour_" + this._store.colour];
      this._legend.refresh();
      this._menus.refill();
    }

    _toolbar() {
      const bar = element("div", "regie-panel regie-bar");
      bar.setAttribute("role", "toolbar");
      this._toolButtons = TOOLS.map((tool) => [
        tool,
        iconButton(tool, this._texts["tool_" + tool], () => this._tools.use(tool)),
      ]);
      this._colourName = element("b", "");
      const colour = [this._texts.colour + " ", this._colourName];
      const layers = [regie.look.iconElement("layers", 16), this._texts.layers];
      bar.append(
        ...this._toolButtons.map(([, button]) => button),
        element("i", "regie-line"),
        this._menus.opener(colour, (menu) => this._fillColours(menu)),
        element("i", "regie-line"),
        this._menus.opener(layers, (menu) => this._fillLayers(menu)),
      );
      return bar;
    }

    _zoomBar() {
      const acts = {
        plus: () => this._map.zoomIn(),
        minus: () => this._map.zoomOut(),
        fit: () => regie.zoomTo(this._map, this._store.boxAround()),
      };
      const bar = element("div", "regie-panel regie-zoom");
      for (const [name, act] of Object.entries(acts)) {
        bar.append(iconButton(name, this._texts["zoom_" + name], act));
      }
      return bar;
    }

    _fillColours(menu) {
      for (const colour of COLOURS) {
        const label = this._texts["colour_" + colour];
        const act = () => {
          this._store.colour = colour;
          this._menus.close();
          this._choose();
        };
        menu.append(menuRow(label, this._store.colour === colour, "menuitemradio", act));
      }
    }

    _fillLayers(menu) {
      const counts = this._store.counts();
      for (const { name, group } of regie.kinds) {
        if (group === undefined && counts[name]) menu.append(this._layerRow(name, counts[name]));
      }
      menu.append(element("hr", ""), ...OTHER_LAYERS.map((name) => this._layerRow(name)));
      const { areas } = this._store;
      if (areas.length) menu.append(this._layerRow("zones", areas.length));
      const fade = () => {
        this._store.faded = !this._store.faded;
        this._choose();
      };
      menu.append(menuRow(this._texts.fade_planned, this._store.faded, "menuitemcheckbox", fade));
      if (this._store.tours.size) this._fillTours(menu);
    }

    _layerRow(name, count) {
      const { hidden } = this._store;
      const act = () => this._toggle(hidden, name);
      const row = menuRow(this._texts["layer_" + name], !hidden.has(name), "menuitemcheckbox", act);
      if (count !== undefined) row.append(element("span", "regie-count", this._numbers.format(count)));
      return row;
    }

    /** A chip for each tour: a click hides or shows it, a double click leaves it alone on the map. */
    _fillTours(menu) {
      const tours = [...this._store.tours.values()].sort((a, b) => a.number - b.number);
      const chips = element("div", "regie-chips");
      chips.append(...tours.map((tour) => this._chip(tour, tours)));
      menu.append(element("hr", ""), element("div", "regie-hint", this._texts.tours_hint), chips);
      if (!this._store.hiddenTours.size) return;
      const all = element("button", "regie-link", this._texts.all_tours);
      all.addEventListener("click", () => this._showOnly(tours, tours));
      menu.append(all);
    }

    _chip(tour, tours) {
      const { hiddenTours } = this._store;
      const chip = element("button", "regie-chip", "T" + tour.number);
      const style = regie.look.tour(tour.number);
      chip.style.background = style.colour;
      chip.style.color = style.label;
      chip.title = tour.vehicle ?? "";
      press(chip, !hiddenTours.has(tour.number));
      chip.addEventListener("click", (event) => {
        if (event.detail > 1) this._showOnly([tour], tours);
        else this._toggle(hiddenTours, tour.number);
      });
      return chip;
    }

    _showOnly(some, tours) {
      const kept = new Set(some.map(({ number }) => number));
      const others = tours.map(({ number }) => number).filter((number) => !kept.has(number));
      this._store.hiddenTours = new Set(others);
      this._choose();
    }

    _toggle(set, name) {
      if (!set.delete(name)) set.add(name);
      this._choose();
    }

    _choose() {
      this.refresh();
      this._scene.refreshMarks();
      this._chosen();
    }

    /** What depends on the pane's size and the zoom: which panels fit, and how long a mile is. */
    _measure() {
      if (!this._root) return;
      const { x: width, y: height } = this._map.getSize();
      this._root.classList.toggle("regie-small", width < SMALL.width || height < SMALL.height);
      const { metres, pixels } = niceScale(this._map, width < SMALL.width ? 84 : 110);
      const [figure, unit] = metres >= 1000 ? [metres / 1000, "km"] : [metres, "m"];
      this._scale.textContent = `${this._numbers.format(figure)}\u00a0${unit}`;
      this._scale.style.setProperty("--length", pixels + "px");
    }
  }

  /** Presses and wheels on a panel are not meant for the map below. */
  function keepFromMap(root) {
    L.DomEvent.disableScrollPropagation(root);
    for (const kind of ["click", "dblclick", "mousedown", "mousemove"]) {
      root.addEventListener(kind, (event) => {
        if (event.target.closest(".regie-panel, .regie-menu")) event.stopPropagation();
      });
    }
  }

  /** The longest round distance that is at most so many pixels long. */
  function niceScale(map, most) {
    const middle = map.getSize().y / 2;
    const from = map.containerPointToLatLng([0, middle]);
    const there = map.distance(from, map.containerPointToLatLng([most, middle]));
    const power = 10 ** Math.floor(Math.log10(there));
    const metres = [5, 2, 1].map((step) => step * power).find((round) => round <= there);
    return { metres, pixels: (most * metres) / there };
  }

  regie.Panels = Panels;
})((window.regie = window.regie || {}));
