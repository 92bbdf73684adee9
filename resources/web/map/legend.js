// The legend: each kind of mark that is on the map, with how many there are; a click hides it.
(function (regie) {
  "use strict";

  const { element, press } = regie;
  const PICTURE_PX = 22;
  const MOST_NODES = 12;

  /** Every kind of mark: its name, an example, and the group that it is part of. */
  const KINDS = [
    { name: "to_source", mark: { queue: "to_source" } },
    { name: "no_candidate", mark: { queue: "to_source", no_candidate: true }, group: "to_source" },
    { name: "ask", mark: { queue: "ask_client", mode: "click_and_collect" } },
    { name: "offered", mark: { queue: "offered", offer_left: 0.6 } },
    { name: "to_plan", mark: { queue: "to_plan" } },
    { name: "unplanned", mark: { queue: "to_plan", left_out: "yellow" } },
    { name: "no_carrier", mark: { queue: "no_carrier" } },
    { name: "check", mark: { queue: "blocked" } },
    { name: "stop", mark: { queue: "planned", tour: 1, sequence: 3 } },
    { name: "tight", mark: { queue: "planned", tour: 1, sequence: 4, slack: "tight" }, group: "stop" },
    { name: "late", mark: { queue: "planned", tour: 1, sequence: 5, slack: "late" }, group: "stop" },
    { name: "carrier", mark: { queue: "with_carrier" } },
    { name: "collect", mark: { queue: "to_collect", mode: "click_and_collect" } },
    { name: "closed", mark: { queue: "closed" } },
    { name: "approximate", mark: { queue: "to_source", approximate: true }, group: "" },
  ];

  class Legend {
    constructor(store, texts, numbers, toggle) {
      this._store = store;
      this._texts = texts;
      this._numbers = numbers;
      this._toggle = toggle;
      this.element = element("div", "regie-panel regie-legend");
    }

    refresh() {
      const rows = this._store.colour === "node" ? this._nodeRows() : this._kindRows();
      this.element.replaceChildren(element("div", "regie-title", this._texts.legend), ...rows);
      this.element.hidden = rows.length === 0;
    }

    _kindRows() {
      const counts = this._store.counts();
      return KINDS.filter(({ name }) => counts[name] && name !== "closed").map((kind) => {
        const group = kind.group ?? kind.name;
        const picture = pictureOf(this._example(kind.mark));
        return this._row(picture, this._texts["legend_" + kind.name], counts[kind.name], group);
      });
    }

    _nodeRows() {
      const counts = this._store.countsByNode();
      return [...this._store.nodes.values()]
        .filter(({ id }) => counts.get(id))
        .sort((a, b) => counts.get(b.id) - counts.get(a.id))
        .slice(0, MOST_NODES)
        .map(({ id, name }) => {
          const dot = element("i", "regie-dot");
          dot.style.background = regie.look.tour(this._store.nodeNumber(id)).colour;
          return this._row(dot, `${id} ${name ?? ""}`.trim(), counts.get(id), "");
        });
    }

    _row(picture, label, count, group) {
      const row = element(group ? "button" : "div", "regie-row");
      const number = element("span", "regie-count", this._numbers.format(count));
      row.append(picture, element("span", "regie-label", label), number);
      if (!group) return row;
      press(row, !this._store.hidden.has(group));
      row.title = this._texts.legend_hint;
      row.addEventListener("click", () => this._toggle(group));
      return row;
    }

    /** A stop in the legend is of no tour, unless colours mean states. */
    _example(mark) {
      const { colours, casing } = regie.look;
      const byState = this._store.colour === "state";
      const full = { slack: "easy", mode: "home_delivery", ...mark };
      const style = regie.marks.styleOf(full, {
        scale: 0.78,
        numbered: new Set([1]),
        colourOf: (example) => (byState ? this._store.colourOf(example) : undefined),
      });
      if (style.form !== "stop" || byState) return style;
      return { ...style, colour: colours.text2, label: casing };
    }
  }

  function pictureOf(style) {
    const canvas = element("canvas", "");
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.height = PICTURE_PX * ratio;
    const ctx = canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    regie.glyphs.draw(ctx, style, PICTURE_PX / 2, PICTURE_PX / 2, ratio);
    return canvas;
  }

  regie.Legend = Legend;
  regie.kinds = KINDS;
})((window.regie = window.regie || {}));
