// What the map holds: the day's marks, what is selected, and what the person chose to see.
(function (regie) {
  "use strict";

  const { flat, flatLine, boxOf } = regie.geometry;
  const SPOT = 4e6; // pins closer than some ten metres stand on one spot
  const ALL_GROUPS = [
    "to_source", "ask", "offered", "to_plan", "unplanned", "no_carrier", "check", "stop", "carrier",
    "collect", "closed",
  ]; // prettier-ignore

  class Store {
    constructor() {
      this.orders = new Map();
      this.nodes = new Map();
      this.tours = new Map();
      this.areas = []; // closed to some vehicles, ready for painting
      this.selected = new Set();
      this.selectedNodes = new Set();
      this.pickedTours = new Set();
      this.hovered = "";
      this.hoveredNode = "";
      this.ghost = null; // what a move would change, while a hand holds stops
      this.colour = "tour";
      this.hidden = new Set(["closed"]);
      this.hiddenTours = new Set();
      this.faded = false;
      this.opened = new Set(); // crowded spots that a click has fanned out
    }

    /** Everything anew. */
    put(data) {
      this.orders = new Map();
      this.nodes = new Map();
      this.tours = new Map();
      this._add(data);
    }

    /** Only what changed. */
    change({ put, gone }) {
      for (const id of gone.orders) this.orders.delete(id);
      for (const id of gone.nodes) this.nodes.delete(id);
      for (const id of gone.tours) this.tours.delete(id);
      this._add(put);
    }

    _add(data) {
      for (const feature of data.orders.features) this.orders.set(feature.id, pointOf(feature));
      for (const feature of data.nodes.features) this.nodes.set(feature.id, pointOf(feature));
      for (const feature of data.tours.features) this.tours.set(feature.id, tourOf(feature));
      this._nodeNumbers = new Map([...this.nodes.keys()].sort().map((code, i) => [code, i + 1]));
    }

    /** The order pins that the person wants to see. */
    visible() {
      const shown = [];
      for (const mark of this.orders.values()) if (this.shows(mark)) shown.push(mark);
      return shown;
    }

    shows(mark) {
      if (this.selected.has(mark.order)) return true;
      if (this.hidden.has(regie.marks.groupOf(mark))) return false;
      return !(mark.tour && this.hiddenTours.has(mark.tour));
    }

    visibleTours() {
      if (this.hidden.has("lines")) return [];
      return [...this.tours.values()].filter(({ number }) => !this.hiddenTours.has(number));
    }

    visibleAreas() {
      return this.hidden.has("zones") ? [] : this.areas;
    }

    visibleNodes() {
      return this.hidden.has("nodes") ? [] : [...this.nodes.values()];
    }

    /** Tours that stand out: those picked, and those of the selected orders. */
    selectedTours() {
      const numbers = new Set(this.pickedTours);
      if (this.selected.size && this.selected.size <= 200) {
        for (const mark of this.orders.values()) {
          if (mark.tour && this.selected.has(mark.order)) numbers.add(mark.tour);
        }
      }
      return numbers;
    }

    /** A mark's own colour in the chosen colouring; undefined leaves it to its kind. */
    colourOf(mark) {
      if (this.colour === "node") {
        const number = this._nodeNumbers.get(mark.node);
        return number && regie.look.tour(number).colour;
      }
      return this.colour === "state" ? regie.look.colours[STATE_COLOURS[stateOf(mark)]] : undefined;
    }

    nodeNumber(code) {
      return this._nodeNumbers.get(code);
    }

    /** How many pins of each kind there are, hidden or not. */
    counts() {
      const counts = { tight: 0, late: 0, no_candidate: 0, approximate: 0 };
      for (const group of ALL_GROUPS) counts[group] = 0;
      for (const mark of this.orders.values()) {
        counts[regie.marks.groupOf(mark)] += 1;
        if (regie.marks.atRisk(mark)) counts[mark.slack] += 1;
        if (mark.no_candidate) counts.no_candidate += 1;
        if (mark.approximate) counts.approximate += 1;
      }
      return counts;
    }

    countsByNode() {
      const counts = new Map();
      for (const { node } of this.orders.values()) {
        if (node) counts.set(node, (counts.get(node) ?? 0) + 1);
      }
      return counts;
    }

    /** The pins of these orders. */
    marksOf(orders) {
      const wanted = new Set(orders);
      return [...this.orders.values()].filter(({ order }) => wanted.has(order));
    }

    /** The box round some orders, nodes and tours, in web mercator; round everything for none. */
    boxAround(ids = []) {
      const wanted = new Set(ids);
      const all = wanted.size === 0;
      const places = [];
      for (const mark of this.orders.values()) {
        if (all ? this.shows(mark) : wanted.has(mark.order)) places.push(mark.x, mark.y);
      }
      for (const node of this.nodes.values()) {
        if (all || wanted.has(node.id)) places.push(node.x, node.y);
      }
      for (const tour of this.tours.values()) {
        if (all || wanted.has(tour.id)) for (const { line } of tour.legs) places.push(...line);
      }
      return places.length ? boxOf(places) : null;
    }
  }

  const STATE_COLOURS = { planned: "accent", done: "success", tight: "warn_solid", late: "danger", carrier: "info", collect: "text3" }; // prettier-ignore

  function stateOf(mark) {
    if (regie.marks.isStop(mark)) {
      if (mark.done) return "done";
      return mark.slack === "easy" ? "planned" : mark.slack;
    }
    return regie.marks.groupOf(mark);
  }

  function pointOf({ id, geometry, properties }) {
    const [x, y] = flat(...geometry.coordinates);
    const spot = Math.round(x * SPOT) * 2 ** 23 + Math.round(y * SPOT);
    return { slack: "easy", mode: "home_delivery", ...properties, id, x, y, spot };
  }

  function tourOf({ id, geometry, properties }) {
    const legs = geometry.coordinates.map((coordinates, i) => ({
      line: flatLine(coordinates),
      road: properties.roads[i],
    }));
    const [tagX, tagY] = flat(...properties.tag);
    return { ...properties, id, legs, tagX, tagY };
  }

  regie.Store = Store;
  regie.stateColours = STATE_COLOURS;
})((window.regie = window.regie || {}));
