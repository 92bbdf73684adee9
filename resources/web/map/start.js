// The map put together: one store, one scene, its tools and panels, and who is told of what.
(function (regie) {
  "use strict";

  const FIT_MAX_ZOOM = 14;
  const FIT_ROOM = { above: 26, below: 26, beside: 24 }; // for toolbar, scale, tags

  /** Move the view to a box in web mercator, as near as it fits. */
  function zoomTo(map, box, animate = !regie.look.still) {
    if (!box) return;
    const corner = (x, y) => map.unproject([x * 256, y * 256], 0);
    const bounds = L.latLngBounds(corner(box.left, box.top), corner(box.right, box.bottom));
    const { zoomSnap } = map.options;
    if (zoomSnap < 1) map.options.zoomSnap = 0.01;
    map.fitBounds(bounds, {
      paddingTopLeft: [FIT_ROOM.beside, FIT_ROOM.above],
      paddingBottomRight: [FIT_ROOM.beside, FIT_ROOM.below],
      maxZoom: FIT_MAX_ZOOM,
      animate,
    });
    map.options.zoomSnap = zoomSnap;
  }

  /** The map on a Leaflet map that already stands; `report` is told what the person does. */
  class Desk {
    constructor(map, report) {
      this._map = map;
      this.store = new regie.Store();
      this.scene = new regie.Scene(map, this.store);
      this.tools = new regie.Tools(map, this.store, this.scene, report);
      this._panels = new regie.Panels(map, this.store, this.scene, this.tools, () => report.chosen(this.choices));
      this._card = new regie.Card(map, () => this._texts, report.details);
      this._pin = new regie.Pin(map, report);
      this.hold = new regie.Hold(map, this.store, this.scene, this.tools, report);
      this.tools.onHover = (found, point) => this._card.show(found, point);
      this._texts = {};
      this._fitted = false;
      this._glide(!regie.look.still);
      new ResizeObserver(() => this._resized()).observe(map.getContainer());
    }

    /** What the person chose to see, to be found again at the next start. */
    get choices() {
      const { colour, hidden, faded } = this.store;
      return JSON.stringify({ colour, hidden: [...hidden], faded });
    }

    set choices(kept) {
      if (!kept) return;
      const { colour, hidden, faded } = JSON.parse(kept);
      Object.assign(this.store, { colour, hidden: new Set(hidden), faded });
      this._panels.refresh();
    }

    useLook(look) {
      regie.look.use(look);
      this._glide(!regie.look.still);
      this.scene.forgetPictures();
      this._buildPanels();
      this.useBaseMap(this._baseMap);
    }

    /** Leaflet reads its options once; whether it may move by itself can change later. */
    _glide(may) {
      this._map._zoomAnimated = may && L.Browser.any3d;
      this._map._fadeAnimated = may;
      this._map.options.inertia = may;
    }

    useTexts({ language, texts, origin }) {
      this._texts = texts;
      this._language = language;
      this._originText = origin;
      document.documentElement.lang = language;
      this._map.getContainer().setAttribute("aria-label", texts.map);
      this.scene.useLanguage(language);
      this._buildPanels();
    }

    useGeography(geography) {
      this.scene.useGround(geography);
    }

    useAreas(areas) {
      this.store.areas = regie.areas.prepare(areas);
      this._panels.refresh();
      this.scene.refreshMarks();
    }

    useBaseMap(baseMap) {
      this._tiles?.remove();
      this._baseMap = baseMap;
      this._tiles = regie.tiles.layerOf(baseMap)?.addTo(this._map);
      this._map.options.zoomSnap = this._tiles ? 1 : 0.25;
      this.scene.useCovered(regie.tiles.coveredBy(baseMap));
      this._buildPanels();
    }

    put(data) {
      this.store.put(data);
      this._changed();
    }

    change(difference) {
      this.store.change(difference);
      this._changed();
    }

    select({ orders, nodes, tours }) {
      this.store.selected = new Set(orders);
      this.store.selectedNodes = new Set(nodes);
      const wanted = new Set(tours);
      this.store.pickedTours = new Set(
        [...this.store.tours.values()].filter(({ id }) => wanted.has(id)).map(({ number }) => number),
      );
      this.scene.refreshMarks();
    }

    hover(order) {
      this.store.hovered = order;
      this.scene.refreshHalos();
    }

    zoomTo(ids) {
      zoomTo(this._map, this.store.boxAround(ids));
    }

    showGhost(said) {
      this.store.ghost = regie.hold.ghostOf(said);
      this.scene.refreshHalos();
    }

    startPin(wanted) {
      this._pin.start(wanted, this._texts);
    }

    _changed() {
      this.scene.refreshMarks();
      this._panels.refresh();
      this._fitOnce();
    }

    /** The first marks decide what is seen first; afterwards the view is the person's. */
    _fitOnce() {
      const { x, y } = this._map.getSize();
      const box = this.store.boxAround();
      if (this._fitted || !x || !y || !box) return;
      this._fitted = true;
      zoomTo(this._map, box, false);
    }

    _resized() {
      this._map.invalidateSize({ animate: false, pan: true });
      this._fitOnce();
      this.scene.refresh();
    }

    _buildPanels() {
      if (!this._language) return;
      const origin = [this._baseMap?.origin, this._originText].filter(Boolean).join(" · ");
      this._panels.build(this._texts, this._language, origin);
    }
  }

  regie.zoomTo = zoomTo;
  regie.Desk = Desk;
})((window.regie = window.regie || {}));
