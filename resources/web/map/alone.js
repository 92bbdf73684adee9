// The map as a file of its own: everything it needs stands in the page, and nobody is told.
(function (regie) {
  "use strict";

  /** Open the map in an element, from what the page itself holds. */
  function openAlone(element, held) {
    const map = L.map(element, {
      center: [46.6, 2.5],
      zoom: 6,
      minZoom: 5,
      maxZoom: 17,
      zoomControl: false,
      attributionControl: false,
      boxZoom: false,
    });
    const { start, layers, geography, labels } = held;
    regie.look.use(start.look);
    regie.look.useIcons(start.icons);
    const desk = new regie.Desk(map, new Alone(() => desk));
    regie.desk = desk;
    desk.useTexts(start.words);
    desk.useBaseMap(null);
    desk.useGeography(geography);
    desk.scene.useLabels(labels);
    desk.put(layers);
    return desk;
  }

  /** With no program behind the map, a pick selects on the map itself. */
  class Alone {
    constructor(desk) {
      this._desk = desk;
      this._selection = { orders: [], nodes: [], tours: [] };
    }

    picked(orders, modifiers) {
      this._select({ orders: modifiers.includes("ctrl") ? [...this._selection.orders, ...orders] : orders });
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

    pinDropped() {}

    chosen() {}

    _select(some) {
      this._selection = { orders: [], nodes: [], tours: [], ...some };
      this._desk().select(this._selection);
    }
  }

  regie.openAlone = openAlone;
})((window.regie = window.regie || {}));
