// A base map that was imported: vector tiles in our own colours, or pictures as they are.
(function (regie) {
  "use strict";

  const MAIN_ROADS = ["trunk", "primary", "secondary"];
  const SMALL_ROADS = ["tertiary", "minor", "residential", "unclassified", "service", "living_street", "street"];

  /** The Leaflet layer of a base map; null where there is none. */
  function layerOf(baseMap) {
    if (!baseMap) return null;
    const options = {
      minZoom: baseMap.min_zoom,
      bounds: baseMap.bounds && L.latLngBounds(baseMap.bounds),
      pane: "tilePane",
    };
    if (baseMap.kind === "raster") return L.tileLayer(baseMap.url, { ...options, maxNativeZoom: baseMap.max_zoom });
    return protomapsL.leafletLayer({
      ...options,
      url: baseMap.url,
      maxDataZoom: baseMap.max_zoom,
      attribution: "",
      paintRules: paintRules(regie.look.map),
      labelRules: labelRules(regie.look.map),
    });
  }

  /** OpenMapTiles names its layers so; other schemas simply draw nothing of what they lack. */
  function paintRules(map) {
    const area = (dataLayer, fill, filter) => ({
      dataLayer,
      symbolizer: new protomapsL.PolygonSymbolizer({ fill }),
      filter,
    });
    return [
      area("landcover", map.green, kinds("class", ["wood", "forest", "grass"])),
      area("park", map.green),
      area("landuse", map.urban, kinds("class", ["residential", "commercial", "industrial", "retail"])),
      area("landuse", map.green, kinds("class", ["park", "cemetery", "pitch", "forest", "grass"])),
      area("water", map.water),
      line("waterway", map.water, (zoom) => Math.max(0.8, (zoom - 9) * 0.7)),
      { ...area("building", map.urban), minzoom: 14 },
      ...roads(SMALL_ROADS, map.road_casing, map.road, 0.8, 13),
      ...roads(MAIN_ROADS, map.road_casing, map.road, 1.35, 8),
      ...roads(["motorway"], map.motorway_casing, map.motorway, 1.7, 6),
      border("departements", map.road_casing),
      border("boundary", map.road_casing),
    ];
  }

  function roads(classes, casing, colour, importance, minzoom) {
    const width = (zoom) => importance * Math.max(0.7, Math.min(9, 0.55 * 1.55 ** (zoom - 10)));
    const filter = kinds("class", classes);
    return [
      { ...line("transportation", casing, (zoom) => width(zoom) + 1.4), filter, minzoom },
      { ...line("transportation", colour, width), filter, minzoom },
    ];
  }

  function line(dataLayer, color, width) {
    return { dataLayer, symbolizer: new protomapsL.LineSymbolizer({ color, width }) };
  }

  function border(dataLayer, color) {
    return { dataLayer, symbolizer: new protomapsL.LineSymbolizer({ color, width: 1, dash: [3, 3] }) };
  }

  function kinds(property, values) {
    return (zoom, feature) => values.includes(feature.props[property]);
  }

  /** Streets and quarters only: the names of towns come from the gazetteer, as everywhere else. */
  function labelRules(map) {
    const words = { fill: map.label, stroke: map.land, width: 2.8, labelProps: ["name", "name:latin"] };
    return [
      {
        dataLayer: "transportation_name",
        symbolizer: new protomapsL.LineLabelSymbolizer({ ...words, font: regie.look.font(11) }),
        minzoom: 14,
      },
      {
        dataLayer: "place",
        symbolizer: new protomapsL.CenteredTextSymbolizer({ ...words, font: regie.look.font(11) }),
        filter: kinds("class", ["suburb", "quarter", "neighbourhood", "hamlet"]),
        minzoom: 13,
      },
    ];
  }

  /** What of the overview's ground the base map replaces, in web mercator. */
  function coveredBy(baseMap) {
    if (!baseMap?.replaces_ground || !baseMap.bounds) return null;
    const [[south, west], [north, east]] = baseMap.bounds;
    const [left, top] = regie.geometry.flat(west, north);
    const [right, bottom] = regie.geometry.flat(east, south);
    return { left, top, right, bottom, zoom: Math.max(baseMap.min_zoom, 11) };
  }

  regie.tiles = { layerOf, coveredBy };
})((window.regie = window.regie || {}));
