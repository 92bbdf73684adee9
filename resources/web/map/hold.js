// Stops in the hand on the map: what they are held over, and the ways that would come and go.
(function (regie) {
  "use strict";

  const FROM_PX = 4; // a shorter drag was a click
  const MOVABLE = new Set(["stop", "to_plan", "unplanned"]);
  const LEFT = 0;
  const RIGHT = 2;
  const LEAVES = [2, 4];
  const JOINS = [6, 4];

  class Hold {
    constructor(map, store, scene, tools, report) {
      this._map = map;
      this._store = store;
      this._scene = scene;
      this._tools = tools;
      this._report = report;
      this._grip = null;
      this._waiting = 0;
      if (!report.held) return; // a map without a program: nobody would plan anew
      tools.grips = (event) => Boolean(this._markUnder(event));
      const pane = map.getContainer();
      pane.addEventListener("mousedown", (event) => this._down(event), true);
      pane.addEventListener("click", (event) => this._click(event), true);
      document.addEventListener("keydown", (event) => this._key(event), true);
    }

    get holds() {
      return Boolean(this._grip?.held);
    }

    _down(event) {
      this._dragged = false;
      const mark = this._markUnder(event);
      if (!mark) return;
      event.stopPropagation(); // the map stays where it is
      event.preventDefault();
      this._map.getContainer().focus({ preventScroll: true });
      this._grip = { mark, button: event.button, from: [event.clientX, event.clientY] };
      this._moved = (moved) => this._move(moved);
      this._ended = (ended) => this._end(ended);
      document.addEventListener("mousemove", this._moved);
      document.addEventListener("mouseup", this._ended);
    }

    /** The stop that a drag from there takes: with a lasso in the hand only one that is selected. */
    _markUnder(event) {
      if (event.shiftKey || ![LEFT, RIGHT].includes(event.button) || event.target.closest(".regie-panel")) return null;
      const found = this._scene.at(this._spot(event));
      if (found?.kind !== "order" || !MOVABLE.has(regie.marks.groupOf(found.mark)) || found.mark.done) return null;
      const lassoed = !event.altKey && this._store.selected.has(found.mark.order);
      return this._tools.tool === "select" || lassoed ? found.mark : null;
    }

    _move(event) {
      const grip = this._grip;
      if (!grip) return;
      const away = Math.hypot(event.clientX - grip.from[0], event.clientY - grip.from[1]);
      if (!grip.held && away < FROM_PX) return;
      if (!grip.held) this._take(grip);
      this._last = event;
      this._waiting ||= requestAnimationFrame(() => this._tell());
    }

    _take(grip) {
      const { selected } = this._store;
      const along = selected.has(grip.mark.order) ? [...selected] : [grip.mark.order];
      grip.held = new Set(along);
      this._dragged = true;
      this._map.getContainer().classList.add("regie-holding");
      this._tools.onHover(null);
      this._report.held(along);
    }

    /** Once a frame at most: the stop or the tour under the pointer, and where the pointer is. */
    _tell() {
      this._waiting = 0;
      if (!this.holds) return;
      const { tour, stop } = this._target(this._spot(this._last));
      const [x, y] = this._at(this._last);
      this._report.heldOver(tour, stop, x, y);
    }

    /** Orders that another pane holds over the map, the pointer being the program's; none = gone. */
    carry(orders, x, y) {
      if (!orders.length) {
        this._drop();
        return;
      }
      if (!this.holds) {
        this._grip = { held: new Set(orders) };
        this._map.getContainer().classList.add("regie-holding");
        this._tools.onHover(null);
      }
      const pane = this._map.getContainer().getBoundingClientRect();
      this._last = { clientX: pane.left + x, clientY: pane.top + y };
      this._waiting ||= requestAnimationFrame(() => this._tell());
    }

    _target(spot) {
      const found = this._scene.at(spot);
      if (found?.kind === "tour" || found?.kind === "tag") return { tour: found.tour.id, stop: "" };
      const mark = found?.kind === "order" ? found.mark : null;
      if (!mark?.tour || this._grip.held.has(mark.order)) return { tour: "", stop: "" };
      const tour = [...this._store.tours.values()].find(({ number }) => number === mark.tour);
      return { tour: tour?.id ?? "", stop: tour ? mark.id : "" };
    }

    _end(event) {
      const grip = this._drop();
      if (!grip?.held) return;
      const modifiers = event.ctrlKey || event.metaKey ? "ctrl" : "";
      this._report.letGo(modifiers, grip.button === RIGHT);
    }

    _drop() {
      const grip = this._grip;
      this._grip = null;
      cancelAnimationFrame(this._waiting);
      this._waiting = 0;
      document.removeEventListener("mousemove", this._moved);
      document.removeEventListener("mouseup", this._ended);
      this._map.getContainer().classList.remove("regie-holding");
      return grip;
    }

    /** The click that ends a drag picks nothing. */
    _click(event) {
      if (!this._dragged) return;
      this._dragged = false;
      event.stopPropagation();
    }

    _key(event) {
      if (event.key !== "Escape" || !(this.holds || this._store.ghost)) return;
      event.stopPropagation();
      this._drop();
      this._report.heldNoMore();
    }

    _spot(event) {
      return L.point(this._at(event));
    }

    _at(event) {
      const pane = this._map.getContainer().getBoundingClientRect();
      return [event.clientX - pane.left, event.clientY - pane.top];
    }
  }

  /** The ways that would go, those that would come, and the stop where it would be. */
  function paintGhost(ctx, view, ghost) {
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    for (const { line, number } of ghost.leaves) {
      trace(ctx, view, line);
      ctx.strokeStyle = regie.look.casing;
      ctx.lineWidth = 5;
      ctx.setLineDash([]);
      ctx.stroke();
      ctx.strokeStyle = regie.look.tour(number).colour;
      ctx.lineWidth = 1.5;
      ctx.setLineDash(LEAVES);
      ctx.stroke();
    }
    for (const { line, number } of ghost.joins) {
      trace(ctx, view, line);
      ctx.strokeStyle = regie.look.casing;
      ctx.lineWidth = 5.6;
      ctx.setLineDash([]);
      ctx.stroke();
      ctx.strokeStyle = regie.look.tour(number).colour;
      ctx.lineWidth = 3;
      ctx.setLineDash(JOINS);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    for (const stop of ghost.stops) paintStop(ctx, view, stop);
  }

  function trace(ctx, view, line) {
    ctx.beginPath();
    ctx.moveTo(view.x(line[0]), view.y(line[1]));
    for (let i = 2; i < line.length; i += 2) ctx.lineTo(view.x(line[i]), view.y(line[i + 1]));
  }

  function paintStop(ctx, view, { x, y, number, sequence, late }) {
    const { colours } = regie.look;
    const style = number ? regie.look.tour(number) : null;
    const [left, top] = [view.x(x), view.y(y)];
    circle(ctx, left, top, 14.2, late ? colours.danger : colours.halo, 2.6);
    ctx.beginPath();
    ctx.arc(left, top, 10.5, 0, 2 * Math.PI);
    ctx.fillStyle = style ? style.colour : regie.look.casing;
    ctx.fill();
    ctx.strokeStyle = regie.look.casing;
    ctx.lineWidth = 1.4;
    ctx.stroke();
    if (!style || !sequence) return;
    ctx.font = regie.look.font(10, true);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = style.label;
    ctx.fillText(String(sequence), left, top + 0.5);
  }

  function circle(ctx, x, y, radius, colour, width) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.strokeStyle = regie.look.casing;
    ctx.lineWidth = width + 2.4;
    ctx.stroke();
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }

  /** What the program says of the ghost, laid on the flat map. */
  function ghostOf(said) {
    if (!said) return null;
    const flat = ({ line, number }) => ({ line: regie.geometry.flatLine(line), number });
    const stops = said.stops.map(({ at, ...stop }) => {
      const [x, y] = regie.geometry.flat(...at);
      return { ...stop, x, y };
    });
    return { leaves: said.leaves.map(flat), joins: said.joins.map(flat), stops };
  }

  regie.Hold = Hold;
  regie.hold = { paintGhost, ghostOf };
})((window.regie = window.regie || {}));
