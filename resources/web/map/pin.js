// A pin that a person drags to where an address really is.
(function (regie) {
  "use strict";

  const { element } = regie;

  class Pin {
    constructor(map, report) {
      this._map = map;
      this._report = report;
      this._marker = null;
      document.addEventListener("keydown", (event) => this._key(event), true);
    }

    /** `wanted` names the order, its address, and where it is thought to be. */
    start(wanted, texts) {
      this.stop();
      this._order = wanted.order;
      const at = wanted.latitude === null ? this._map.getCenter() : L.latLng(wanted.latitude, wanted.longitude);
      const icon = L.divIcon({ className: "regie-pin", iconSize: [34, 34], iconAnchor: [17, 33] });
      this._marker = L.marker(at, { icon, draggable: true, autoPan: true, keyboard: false, title: texts.pin_hint });
      this._marker.addTo(this._map);
      this._marker.getElement().append(regie.look.iconElement("pin", 34));
      this._panel = this._panelFor(wanted, texts);
      this._map.getContainer().append(this._panel);
      this._map.setView(at, Math.max(this._map.getZoom(), wanted.latitude === null ? 0 : 14), { animate: false });
      this._marker.on("dragend", () => this._panel.querySelector("button").focus({ preventScroll: true }));
    }

    stop() {
      this._marker?.remove();
      this._panel?.remove();
      this._marker = this._panel = null;
    }

    _panelFor(wanted, texts) {
      const panel = element("div", "regie-panel regie-pin-panel");
      const keep = element("button", "regie-primary", texts.pin_keep);
      const leave = element("button", "regie-quiet", texts.pin_leave);
      keep.addEventListener("click", () => this._keep());
      leave.addEventListener("click", () => this.stop());
      const row = element("div", "regie-pin-row");
      row.append(keep, leave);
      panel.append(
        element("b", "", wanted.title),
        element("div", "", wanted.address),
        element("div", "regie-hint", texts.pin_hint),
        row,
      );
      L.DomEvent.disableClickPropagation(panel);
      return panel;
    }

    _keep() {
      const { lat, lng } = this._marker.getLatLng();
      const order = this._order;
      this.stop();
      this._report.pinDropped(order, lat, lng);
    }

    _key(event) {
      if (!this._marker || !["Enter", "Escape"].includes(event.key)) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      if (event.key === "Enter") this._keep();
      else this.stop();
    }
  }

  regie.Pin = Pin;
})((window.regie = window.regie || {}));
