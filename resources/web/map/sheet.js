// A canvas that lies over the map, moves with it, and is painted anew when the view has moved on.
(function (regie) {
  "use strict";

  const PADDING = 0.2; // of the view, on each side: what a drag uncovers before the next painting

  /** `paint(ctx, view)` gets the canvas cleared and the view it shows. */
  const Sheet = L.Renderer.extend({
    initialize(pane, paint) {
      L.Renderer.prototype.initialize.call(this, { pane, padding: PADDING });
      this._paint = paint;
      this._waiting = 0;
    },

    getEvents() {
      const events = L.Renderer.prototype.getEvents.call(this);
      events.move = this._follow;
      return events;
    },

    /** Paint again before the next frame. */
    refresh() {
      this._waiting ||= requestAnimationFrame(() => {
        this._waiting = 0;
        if (this._map && !this._map._animatingZoom) this._update();
      });
    },

    _initContainer() {
      this._container = L.DomUtil.create("canvas", "regie-sheet leaflet-zoom-animated");
      this._container.setAttribute("aria-hidden", "true");
      this._ctx = this._container.getContext("2d");
    },

    _destroyContainer() {
      cancelAnimationFrame(this._waiting);
      this._container.remove();
      delete this._container;
      delete this._ctx;
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = window.devicePixelRatio || 1;
      this._fit(size, ratio);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      const view = viewOf(this._map, this._bounds, ratio);
      this._ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      this._ctx.clearRect(0, 0, size.x, size.y);
      this._paint(this._ctx, view);
      this.fire("update");
    },

    _fit(size, ratio) {
      const width = Math.round(size.x * ratio);
      const height = Math.round(size.y * ratio);
      if (this._container.width === width && this._container.height === height) return;
      this._container.width = width;
      this._container.height = height;
      this._container.style.width = size.x + "px";
      this._container.style.height = size.y + "px";
    },

    /** A long drag leaves the painted part: paint the next one while the hand still moves. */
    _follow() {
      if (this._map._animatingZoom || !this._bounds) return;
      const corner = this._map.containerPointToLayerPoint([0, 0]);
      const seen = L.bounds(corner, corner.add(this._map.getSize()));
      if (!this._bounds.contains(seen)) this._update();
    },
  });

  /** What a canvas shows: `x()` and `y()` turn web mercator into its pixels. */
  function viewOf(map, bounds, ratio) {
    const zoom = map.getZoom();
    const scale = 256 * 2 ** zoom;
    const corner = map.getPixelOrigin().add(bounds.min);
    const size = bounds.getSize();
    const pane = map.getSize();
    const seen = map.containerPointToLayerPoint([0, 0]).subtract(bounds.min);
    return {
      zoom,
      scale,
      ratio,
      width: size.x,
      height: size.y,
      small: pane.x < 820 || pane.y < 430,
      x: (flatX) => flatX * scale - corner.x,
      y: (flatY) => flatY * scale - corner.y,
      flat: {
        left: corner.x / scale,
        top: corner.y / scale,
        right: (corner.x + size.x) / scale,
        bottom: (corner.y + size.y) / scale,
      },
      seen: { left: seen.x, top: seen.y, right: seen.x + pane.x, bottom: seen.y + pane.y },
    };
  }

  regie.Sheet = Sheet;
})((window.regie = window.regie || {}));
