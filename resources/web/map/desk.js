// The map inside the program: data come by fetch from its own address, news and picks by channel.
(function (regie) {
  "use strict";

  /** Open the map on a Leaflet map, and stay in touch with the program. */
  function openDesk(map) {
    new QWebChannel(qt.webChannelTransport, ({ objects }) => connect(map, objects.desk));
  }

  async function connect(map, bridge) {
    const start = await read("start.json");
    regie.look.use(start.look);
    regie.look.useIcons(start.icons);
    const desk = new regie.Desk(map, reportTo(bridge));
    regie.desk = desk;
    desk.useTexts(start.words);
    desk.useBaseMap(start.base_map);
    desk.choices = start.choices;
    let shown = 0; // the newest version that the page has taken
    let told = 0;
    desk.scene.onPainted = () => {
      if (shown === told) return;
      told = shown;
      bridge.painted(shown);
    };
    let queue = Promise.resolve();
    /** One thing after the other, in the order in which the program said it. */
    const inTurn = (act) => {
      queue = queue.then(act).catch((error) => console.error(String(error?.stack ?? error)));
    };
    const takers = {
      look: async () => desk.useLook((await read("start.json")).look),
      words: async () => desk.useTexts((await read("start.json")).words),
      base_map: async () => desk.useBaseMap((await read("start.json")).base_map),
      areas: async () => desk.useAreas(await read("areas.json")),
      layers: async (version) => {
        desk.put(await read(`layers/${version}.json`));
        shown = version;
      },
      changes: async (version) => {
        desk.change(await read(`layers/${version}.json`));
        shown = version;
      },
    };
    bridge.news.connect((what, version) => inTurn(() => takers[what](version)));
    bridge.selected.connect((wanted) => inTurn(() => desk.select(JSON.parse(wanted))));
    bridge.hovered_elsewhere.connect((order) => desk.hover(order));
    bridge.zoomed.connect((ids) => inTurn(() => desk.zoomTo(JSON.parse(ids))));
    bridge.tool_chosen.connect((tool) => desk.tools.use(tool));
    bridge.ghost_shown.connect((ghost) => inTurn(() => desk.showGhost(JSON.parse(ghost))));
    bridge.carried.connect((orders, x, y) => desk.hold.carry(JSON.parse(orders), x, y));
    bridge.pin_started.connect((wanted) => inTurn(() => desk.startPin(JSON.parse(wanted))));
    inTurn(async () => desk.useGeography(await read("geography.json")));
    inTurn(takers.areas);
    inTurn(async () => desk.scene.useLabels((await read("labels.json")).labels));
    bridge.opened();
  }

  function reportTo(bridge) {
    return {
      picked: (orders, modifiers) => bridge.orders_picked(JSON.stringify(orders), modifiers),
      boxed: (orders, modifiers) => bridge.orders_boxed(JSON.stringify(orders), modifiers),
      hovered: (order) => bridge.order_hovered(order),
      nodePicked: (node, modifiers) => bridge.node_picked(node, modifiers),
      tourPicked: (tour, modifiers) => bridge.tour_picked(tour, modifiers),
      details: async (order) => JSON.parse(await bridge.details(order)),
      pinDropped: (order, latitude, longitude) => bridge.pin_dropped(order, latitude, longitude),
      chosen: (choices) => bridge.choices_made(choices),
      held: (orders) => bridge.stops_held(JSON.stringify(orders)),
      heldOver: (tour, stop, x, y) => bridge.held_over(tour, stop, x, y),
      letGo: (modifiers, choose) => bridge.let_go(modifiers, choose),
      heldNoMore: () => bridge.held_no_more(),
    };
  }

  async function read(path) {
    const answer = await fetch(path);
    return answer.json();
  }

  window.addEventListener("unhandledrejection", (event) => {
    console.error(String(event.reason?.stack ?? event.reason));
  });

  regie.openDesk = openDesk;
})((window.regie = window.regie || {}));
