// The map as it is painted: ground, names, ways, marks, and the halos over them.
(function (regie) {
  "use strict";

  const { boxAround, Room } = regie.geometry;
  const NODES_ZOOM = 9; // below it, stock nodes are only spots
  const FAR_ZOOM = 11; // below it, marks are drawn at three quarters of their size

  class Scene {
    constructor(map, store) {
      this._map = map;
      this._store = store;
      this._ground = null;
      this._labels = [];
      this._countries = [];
      this._covered = null;
      this._placed = { marks: [], crowds: [], nodes: [], tags: [] };
      this._formatter = new Intl.NumberFormat(document.documentElement.lang || undefined);
      this.onPainted = () => {};
      this._sheets = {
        ground: this._sheet("regie-ground", 150, (ctx, view) => this._paintGround(ctx, view)),
        marks: this._sheet("regie-marks", 450, (ctx, view) => this._paintMarks(ctx, view)),
        halos: this._sheet("regie-halos", 460, (ctx, view) => this._paintHalos(ctx, view)),
      };
      for (const sheet of Object.values(this._sheets)) sheet.addTo(map);
    }

    _sheet(pane, level, paint) {
      const element = this._map.createPane(pane);
      element.style.zIndex = level;
      element.style.pointerEvents = "none";
      return new regie.Sheet(pane, paint);
    }

    useGround(geography) {
      this._ground = regie.ground.prepare(geography);
      this._countries = regie.names.prepareCountries(geography.countries);
      this.refresh();
    }

    useLabels(labels) {
      this._labels = regie.names.prepare(labels);
      this.refreshMarks();
    }

    /** Which part an imported map covers, and from which zoom. */
    useCovered(covered) {
      this._covered = covered;
      this._sheets.ground.refresh();
    }

    useLanguage(language) {
      this._formatter = new Intl.NumberFormat(language);
    }

    /** The look has changed: nothing that was drawn with the old one may stay. */
    forgetPictures() {
      regie.glyphs.forget();
      regie.names.forget();
      this.refresh();
    }

    refresh() {
      for (const sheet of Object.values(this._sheets)) sheet.refresh();
    }

    refreshMarks() {
      this._sheets.marks.refresh();
      this._sheets.halos.refresh();
    }

    refreshHalos() {
      this._sheets.halos.refresh();
    }

    _paintGround(ctx, view) {
      if (!this._ground) {
        ctx.fillStyle = regie.look.map.land;
        ctx.fillRect(0, 0, view.width, view.height);
        return;
      }
      regie.ground.paint(ctx, view, this._ground, this._covered);
    }

    _paintMarks(ctx, view) {
      const store = this._store;
      const way = this._way(view);
      const tours = store.visibleTours();
      const nodes = this._placeNodes(view, way);
      const placed = regie.arrange.arrange(view, store.visible(), way);
      const room = this._takeRoom(placed, nodes, way);
      const tags = way.quiet ? [] : regie.tours.placeTags(view, tours, way, room);
      this._paintAreas(ctx, view, room);
      this._paintNames(ctx, view, room);
      regie.tours.paint(ctx, view, tours, way);
      this._paintPins(ctx, view, placed, nodes, way);
      regie.tours.paintTags(ctx, tags, way);
      this._remember(view, placed, nodes, tags);
    }

    _paintPins(ctx, view, placed, nodes, way) {
      this._paintFans(ctx, placed);
      ctx.globalAlpha = way.faded ? 0.45 : 1;
      const low = placed.marks.filter(({ level }) => level < 2);
      for (const { style, x, y } of low) regie.glyphs.draw(ctx, style, x, y, view.ratio);
      ctx.globalAlpha = 1;
      if (way.far) for (const { node, x, y } of nodes) regie.glyphs.drawFarNode(ctx, node, x, y);
      for (const crowd of placed.crowds) regie.arrange.paintCrowd(ctx, crowd, way);
      if (!way.far) {
        for (const { node, x, y } of nodes) regie.glyphs.drawNode(ctx, node, x, y, way.scale);
      }
      for (const { style, x, y, level } of placed.marks) {
        if (level >= 2) regie.glyphs.draw(ctx, style, x, y, view.ratio);
      }
      if (!way.far) this._paintCodes(ctx, nodes, way);
    }

    /** The codes of nodes that stand too close together would only hide each other. */
    _paintCodes(ctx, nodes, way) {
      const room = new Room();
      for (const { node, x, y } of nodes) {
        const box = boxAround(x, y + 23 * way.scale, 12 * way.scale, 5 * way.scale);
        if (!room.isFree(box)) continue;
        room.take(box);
        regie.glyphs.drawCode(ctx, node, x, y, way.scale);
      }
    }

    _paintFans(ctx, placed) {
      ctx.strokeStyle = regie.look.colours.text3;
      ctx.lineWidth = 0.8;
      ctx.beginPath();
      for (const { home, x, y } of placed.marks) {
        if (!home) continue;
        ctx.moveTo(home[0], home[1]);
        ctx.lineTo(x, y);
      }
      ctx.stroke();
    }

    _paintAreas(ctx, view, room) {
      const areas = this._store.visibleAreas();
      regie.areas.paint(ctx, view, areas);
      regie.areas.paintNames(ctx, view, areas, room);
    }

    _paintNames(ctx, view, room) {
      if (this._store.hidden.has("names")) return;
      regie.names.paintCountries(ctx, view, this._countries, room);
      regie.names.paint(ctx, regie.names.choose(ctx, view, this._labels, room));
    }

    _way(view) {
      const store = this._store;
      const selected = store.selectedTours();
      return {
        scale: view.small || Math.round(view.zoom * 4) / 4 < FAR_ZOOM ? 0.75 : 1,
        far: view.zoom < NODES_ZOOM,
        selected,
        numbered: selected,
        faded: store.faded,
        quiet: store.colour !== "tour",
        opened: store.opened,
        colourOf: (mark) => store.colourOf(mark),
        alone: (mark) => store.selected.has(mark.order) || regie.marks.atRisk(mark),
        number: (count) => this._formatter.format(count),
      };
    }

    _placeNodes(view, way) {
      return this._store
        .visibleNodes()
        .map((node) => ({ node, x: view.x(node.x), y: view.y(node.y) }))
        .filter(({ x, y }) => x > -40 && y > -40 && x < view.width + 40 && y < view.height + 40)
        .map((place) => ({
          ...place,
          reach: way.far ? regie.glyphs.farNodeReach : regie.glyphs.nodeReach * way.scale,
        }));
    }

    _takeRoom(placed, nodes, way) {
      const room = new Room();
      for (const { x, y, reach } of nodes) {
        room.take({ ...boxAround(x, y, reach, reach), fixed: true });
        if (way.far) continue;
        const below = boxAround(x, y + reach + 8 * way.scale, 15 * way.scale, 7 * way.scale);
        room.take({ ...below, fixed: true });
      }
      for (const { x, y, reach } of placed.marks) room.take(boxAround(x, y, reach, reach));
      for (const { x, y, reach } of placed.crowds) room.take(boxAround(x, y, reach, reach));
      return room;
    }

    _remember(view, placed, nodes, tags) {
      this._view = view;
      this._placed = { ...placed, nodes, tags };
      this._grid = new Room(32);
      const remember = (kind, place) =>
        this._grid.take({ ...boxAround(place.x, place.y, place.reach, place.reach), kind, place });
      for (const place of placed.marks.filter(({ level }) => level < 2)) remember("order", place);
      for (const place of placed.crowds) remember("crowd", place);
      for (const place of nodes) remember("node", place);
      for (const place of placed.marks.filter(({ level }) => level >= 2)) remember("order", place);
      for (const tag of tags) this._grid.take({ ...tag.box, kind: "tag", place: tag });
      this._sheets.halos.refresh();
      this.onPainted();
    }

    _paintHalos(ctx, view) {
      const { selected, selectedNodes, hovered, hoveredNode } = this._store;
      const { halo } = regie.look.colours;
      for (const { mark, x, y, reach } of this._placed.marks) {
        if (selected.has(mark.order)) ring(ctx, x, y, reach + 3.2, 2.6, halo);
        else if (mark.order === hovered) ring(ctx, x, y, reach + 2.4, 1.6, halo);
      }
      for (const { node, x, y, reach } of this._placed.nodes) {
        if (selectedNodes.has(node.id)) ring(ctx, x, y, reach + 3.2, 2.6, halo);
        else if (node.id === hoveredNode) ring(ctx, x, y, reach + 2.4, 1.6, halo);
      }
      for (const { x, y, reach, marks } of this._placed.crowds) {
        if (hovered && marks.some(({ order }) => order === hovered)) ring(ctx, x, y, reach + 2.4, 1.6, halo);
      }
      if (this._store.ghost) regie.hold.paintGhost(ctx, view, this._store.ghost);
    }

    /** What lies under the pointer, the uppermost first. */
    at(containerPoint) {
      if (!this._grid) return null;
      const [x, y] = this._onSheet(containerPoint);
      const found = this._grid
        .at(x, y)
        .find(({ kind, place }) => kind === "tag" || Math.hypot(place.x - x, place.y - y) <= place.reach + 1);
      if (found) return { kind: found.kind, ...found.place };
      const tour = regie.tours.at(this._view, this._store.visibleTours(), x, y);
      return tour && { kind: "tour", tour };
    }

    /** The orders of all marks for which `inside(x, y)` holds, in pixels of the pane. */
    ordersInside(inside) {
      const [offsetX, offsetY] = this._onSheet(L.point(0, 0));
      const orders = new Set();
      for (const { mark, x, y } of this._placed.marks) {
        if (inside(x - offsetX, y - offsetY)) orders.add(mark.order);
      }
      for (const { marks, x, y } of this._placed.crowds) {
        if (inside(x - offsetX, y - offsetY)) for (const { order } of marks) orders.add(order);
      }
      return [...orders];
    }

    /** Where the pins of an order stand, in pixels of the pane; for tests and for the film. */
    placesOf(order) {
      const [offsetX, offsetY] = this._onSheet(L.point(0, 0));
      return this._placed.marks
        .filter(({ mark }) => mark.order === order)
        .map(({ x, y }) => [x - offsetX, y - offsetY]);
    }

    _onSheet(containerPoint) {
      const bounds = this._sheets.marks._bounds;
      const point = this._map.containerPointToLayerPoint(containerPoint).subtract(bounds.min);
      return [point.x, point.y];
    }
  }

  function ring(ctx, x, y, radius, width, colour) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.strokeStyle = regie.look.casing;
    ctx.lineWidth = width + 2.4;
    ctx.stroke();
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }

  regie.Scene = Scene;
})((window.regie = window.regie || {}));
