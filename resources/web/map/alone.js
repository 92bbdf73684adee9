// The map in a file of its own: everything it needs stands in the page, and nobody is told.
(function (regie) {
  "use strict";

  const OPTIONS = {
    center: [46.6, 2.5],
    zoom: 6,
    minZoom: 4,
    maxZoom: 17,
    zoomControl: false,
    attributionControl: false,
    boxZoom: false,
    wheelPxPerZoomLevel: 110,
  };

  /** Open every map that the page holds. */
  function openAll() {
    const start = heldIn("regie-start");
    regie.look.use(start.look);
    regie.look.useIcons(start.icons);
    regie.desks = [...document.querySelectorAll(".regie-alone")].map((place) =>
      openAlone(place, start, heldIn(place.dataset.held)),
    );
  }

  function openAlone(place, start, held) {
    const report = new Nobody();
    const desk = new regie.Desk(L.map(place, { ...OPTIONS, scrollWheelZoom: held.wheel }), report);
    Object.assign(report, { desk, place });
    desk.useTexts(start.words);
    desk.useBaseMap(null);
    desk.useGeography(held.geography);
    desk.scene.useLabels(held.names);
    desk.put(held.layers);
    return desk;
  }

  function heldIn(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  /** With no program behind the map, a pick selects on the map itself. */
  class Nobody {
    constructor() {
      this._orders = [];
    }

    picked(orders, modifiers) {
      this._orders = modifiers.includes("ctrl") ? [...this._orders, ...orders] : orders;
      this._select({ orders: this._orders });
    }

    boxed(orders, modifiers) {
      this.picked(orders, modifiers);
    }

    nodePicked(node) {
      this._select({ nodes: [node] });
    }

    tourPicked(tour) {
      this._select({ tours: [tour] });
    }

    hovered() {}

    async details() {
      return [];
    }

    pinDropped() {}

    chosen() {}

    /** The page round the map hears of it too, as an event of the map's place. */
    _select(some) {
      const selected = { orders: [], nodes: [], tours: [], ...some };
      this.desk.select(selected);
      this.place.dispatchEvent(new CustomEvent("regie-selected", { detail: selected, bubbles: true }));
    }
  }

  document.addEventListener("DOMContentLoaded", openAll);
})((window.regie = window.regie || {}));
