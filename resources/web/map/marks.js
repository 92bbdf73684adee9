// What each order looks like: shape by kind, filling by state, rings and badges by trouble.
(function (regie) {
  "use strict";

  const SHAPES = { home_delivery: "circle", pickup_point: "diamond", click_and_collect: "house" };
  const GROUPS = {
    blocked: "check",
    to_source: "to_source",
    ask_client: "ask",
    offered: "offered",
    to_plan: "to_plan",
    planned: "stop",
    with_carrier: "carrier",
    no_carrier: "no_carrier",
    to_collect: "collect",
    closed: "closed",
  };
  const HOLLOW_R = 6.6;
  const STOP_R = 4.6;
  const NUMBERED_R = 8.5;
  const SETTLED_R = 4;
  const RING_GAP = 3.4;

  const groupOf = (mark) => (mark.left_out ? "unplanned" : (GROUPS[mark.queue] ?? "closed"));
  const isStop = (mark) => mark.queue === "planned" && mark.tour > 0;
  const atRisk = (mark) => isStop(mark) && !mark.done && mark.slack !== "easy";

  /** What a mark looks like: everything a sprite depends on, and nothing else. */
  function styleOf(mark, way) {
    const style = {
      shape: SHAPES[mark.mode] ?? "circle",
      approximate: Boolean(mark.approximate),
      scale: way.scale,
    };
    if (isStop(mark)) return { ...style, ...stopStyle(mark, way) };
    const filling = way.colourOf(mark);
    switch (groupOf(mark)) {
      case "offered":
        return { ...style, form: "offer", r: NUMBERED_R, share: quarterHours(mark.offer_left) };
      case "to_plan":
      case "unplanned":
        return { ...style, form: "broken", r: HOLLOW_R, badge: badgeOf(mark), colour: filling };
      case "ask":
        return { ...style, form: "hollow", r: HOLLOW_R, badge: "triangle", colour: filling };
      case "no_carrier":
        return { ...style, form: "hollow", r: HOLLOW_R, badge: "octagon" };
      case "carrier":
      case "collect":
      case "closed":
        return {
          ...style,
          form: "settled",
          r: SETTLED_R,
          colour: filling ?? regie.look.colours.text2,
          approximate: false, // nobody here will drive there any more
        };
      case "check":
        return { ...style, form: "pin", r: HOLLOW_R, shape: "circle", approximate: false };
      default:
        return {
          ...style,
          form: "hollow",
          r: HOLLOW_R,
          text: mark.no_candidate ? "?" : "",
          colour: filling,
        };
    }
  }

  function stopStyle(mark, way) {
    const tour = regie.look.tour(mark.tour);
    const numbered = !mark.done && (atRisk(mark) || way.numbered.has(mark.tour));
    const own = way.colourOf(mark);
    return {
      form: "stop",
      r: numbered ? NUMBERED_R : STOP_R,
      colour: own ?? tour.colour,
      label: own ? regie.look.casing : tour.label,
      text: numbered && mark.sequence ? String(mark.sequence) : "",
      done: Boolean(mark.done),
      approximate: Boolean(mark.approximate) && !mark.done,
      ring: atRisk(mark) ? mark.slack : "",
    };
  }

  const badgeOf = (mark) => ({ yellow: "triangle", red: "octagon" })[mark.left_out] ?? "";
  const quarterHours = (share) => Math.round((share ?? 0) * 24) / 24;

  /** The radius inside which the pointer is on the mark, and names keep away. */
  function reachOf(style) {
    return (style.r + (style.ring ? RING_GAP + 1.5 : 1.5)) * style.scale;
  }

  regie.marks = { styleOf, reachOf, groupOf, isStop, atRisk };
})((window.regie = window.regie || {}));
