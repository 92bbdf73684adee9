// What the pointer does: pick, hover, draw a box or a lasso round pins.
(function (regie) {
  "use strict";

  const { boxOf, insidePolygon } = regie.geometry;
  const SMALLEST_PX = 4; // a shorter drag was a click

  class Tools {
    constructor(map, store, scene, report) {
      this._map = map;
      this._store = store;
      this._scene = scene;
      this._report = report;
      this._band = null;
      this.tool = "select";
      this.onTool = () => {};
      this.onHover = () => {};
      this.grips = () => false; // whether a press takes stops into the hand instead
      map.on("click", (event) => this._click(event));
      map.on("mousemove", (event) => this._hover(event));
      map.on("movestart", () => this.onHover(null));
      const pane = map.getContainer();
      pane.addEventListener("mouseleave", () => this._hoverOver(null));
      pane.addEventListener("mousedown", (event) => this._down(event), true);
      document.addEventListener("keydown", (event) => this._key(event));
    }

    use(tool) {
      this.tool = tool;
      this._map.dragging[tool === "select" ? "enable" : "disable"]();
      this._map.getContainer().classList.toggle("regie-drawing", tool !== "select");
      this.onTool(tool);
    }

    _key(event) {
      if (event.key !== "Escape") return;
      if (this._band) this._drop();
      else if (this.tool !== "select") this.use("select");
      else this._report.picked([], "");
    }

    _click({ originalEvent, containerPoint }) {
      if (originalEvent.shiftKey && this._drew) return;
      const found = this._scene.at(containerPoint);
      const modifiers = modifiersOf(originalEvent);
      if (!found) this._report.picked([], modifiers);
      else if (found.kind === "order") this._report.picked([found.mark.order], modifiers);
      else if (found.kind === "node") this._report.nodePicked(found.node.id, modifiers);
      else if (found.kind === "crowd") this._open(found);
      else this._report.tourPicked(found.tour.id, modifiers);
    }

    /** A crowd opens: nearer if that parts its pins, else fanned out round its spot. */
    _open(crowd) {
      const box = boxOf(crowd.marks.flatMap(({ x, y }) => [x, y]));
      const spots = new Set(crowd.marks.map(({ spot }) => spot));
      const fits = Math.max(box.right - box.left, box.bottom - box.top) * 256 * 2 ** this._map.getMaxZoom();
      if (spots.size > 1 && fits > 40 && this._map.getZoom() < this._map.getMaxZoom()) {
        regie.zoomTo(this._map, box);
        return;
      }
      for (const spot of spots) this._store.opened.add(spot);
      this._scene.refreshMarks();
    }

    _hover({ containerPoint, originalEvent }) {
      if (this._band || originalEvent.buttons) return;
      this._hoverOver(this._scene.at(containerPoint), containerPoint);
    }

    _hoverOver(found, point) {
      const order = found?.kind === "order" ? found.mark.order : "";
      const node = found?.kind === "node" ? found.node.id : "";
      this._map.getContainer().classList.toggle("regie-over", Boolean(found));
      this.onHover(found, point);
      if (order === this._store.hovered && node === this._store.hoveredNode) return;
      this._store.hovered = order;
      this._store.hoveredNode = node;
      this._scene.refreshHalos();
      this._report.hovered(order);
    }

    _down(event) {
      this._drew = false;
      const wanted = this.tool !== "select" || event.shiftKey;
      if (event.button !== 0 || !wanted || event.target.closest(".regie-panel") || this.grips(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const lasso = this.tool === "lasso" && !event.shiftKey;
      this._band = new Band(this._map.getContainer(), this._spot(event), lasso);
      this._moved = (moved) => this._band?.reach(this._spot(moved));
      this._ended = (ended) => this._end(ended);
      document.addEventListener("mousemove", this._moved);
      document.addEventListener("mouseup", this._ended);
    }

    _end(event) {
      const band = this._band;
      this._drop();
      if (!band) return;
      if (band.length < SMALLEST_PX) {
        const containerPoint = L.point(this._spot(event));
        this._click({ originalEvent: event, containerPoint });
        return;
      }
      this._drew = true;
      const modifiers = modifiersOf(event).replace("shift", "").trim();
      this._report.boxed(this._scene.ordersInside(band.holds()), modifiers);
    }

    _drop() {
      document.removeEventListener("mousemove", this._moved);
      document.removeEventListener("mouseup", this._ended);
      this._band?.remove();
      this._band = null;
    }

    _spot(event) {
      const pane = this._map.getContainer().getBoundingClientRect();
      return [event.clientX - pane.left, event.clientY - pane.top];
    }
  }

  /** The rubber band while it is drawn: a box, or a free line. */
  class Band {
    constructor(pane, start, free) {
      const namespace = "http://www.w3.org/2000/svg";
      this._svg = document.createElementNS(namespace, "svg");
      this._svg.setAttribute("class", "regie-band");
      this._shape = document.createElementNS(namespace, "polygon");
      this._svg.append(this._shape);
      pane.append(this._svg);
      this._free = free;
      this._corners = [start];
    }

    get length() {
      const { left, right, top, bottom } = boxOf(this._corners.flat());
      return Math.max(right - left, bottom - top);
    }

    reach([x, y]) {
      const [startX, startY] = this._corners[0];
      if (this._free) this._corners.push([x, y]);
      else this._corners = [[startX, startY], [x, startY], [x, y], [startX, y]]; // prettier-ignore
      this._shape.setAttribute("points", this._corners.map((corner) => corner.join(",")).join(" "));
    }

    /** A test for spots inside what was drawn. */
    holds() {
      const corners = this._corners;
      return (x, y) => insidePolygon(x, y, corners);
    }

    remove() {
      this._svg.remove();
    }
  }

  function modifiersOf(event) {
    const held = [];
    if (event.ctrlKey || event.metaKey) held.push("ctrl");
    if (event.shiftKey) held.push("shift");
    if (event.altKey) held.push("alt");
    return held.join(" ");
  }

  regie.Tools = Tools;
})((window.regie = window.regie || {}));
