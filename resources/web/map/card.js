// The card beside the pointer: what a mark, a node or a tour is, in words.
(function (regie) {
  "use strict";

  const { element } = regie;
  const AWAY_PX = 16;

  class Card {
    /** `details(order)` promises lines that only the program can write. */
    constructor(map, texts, details) {
      this._map = map;
      this._texts = texts;
      this._details = details;
      this._card = element("div", "regie-card");
      this._card.setAttribute("role", "tooltip");
      this._card.hidden = true;
      map.getContainer().append(this._card);
    }

    show(found, point) {
      const about = found && (found.mark ?? found.node ?? found.tour ?? null);
      if (about && about === this._about) {
        this._place(point);
        return;
      }
      this._about = about;
      this._card.hidden = !about;
      if (!about) return;
      const content = CONTENTS[found.kind](found, this._texts());
      this._write(content, point);
      if (found.kind === "order" && !about.details) this._ask(about, content, point);
    }

    async _ask(mark, content, point) {
      const lines = await this._details(mark.order);
      if (this._about !== mark || !lines.length) return;
      const [who, ...states] = content.lines;
      this._write({ ...content, lines: [who, ...lines, ...states] }, point);
    }

    /** Customers' words are only ever text here: nothing is read as markup. */
    _write({ tour, title, beside, lines }, point) {
      const head = element("div", "regie-card-head");
      if (tour) head.append(tourChip(tour));
      head.append(element("b", "", title));
      if (beside) head.append(element("span", "", beside));
      const written = lines.filter(Boolean).map((line) => element("div", "", line));
      this._card.replaceChildren(head, ...written);
      this._place(point);
    }

    _place(point) {
      const pane = this._map.getSize();
      const { offsetWidth: width, offsetHeight: height } = this._card;
      const left = point.x + AWAY_PX + width > pane.x ? point.x - AWAY_PX - width : point.x + AWAY_PX;
      const top = point.y + AWAY_PX + height > pane.y ? point.y - AWAY_PX - height : point.y + AWAY_PX;
      this._card.style.left = Math.max(4, left) + "px";
      this._card.style.top = Math.max(4, top) + "px";
    }
  }

  const CONTENTS = {
    order({ mark }, texts) {
      const state = regie.marks.isStop(mark) && !mark.done ? mark.slack : "";
      return {
        tour: mark.tour,
        title: mark.title,
        beside: mark.sequence ? fill(texts.stop_number, mark.sequence) : "",
        lines: [
          [mark.customer, mark.town].filter(Boolean).join(" · "),
          ...(mark.details ?? []),
          [
            stateName(texts, state && state !== "easy" ? state : regie.marks.groupOf(mark)),
            mark.node,
          ].filter(Boolean).join(" · "), // prettier-ignore
          mark.approximate ? texts.legend_approximate : "",
        ],
      };
    },
    node({ node }, texts) {
      const load = node.load === undefined ? "" : fill(texts.node_load, Math.round(node.load * 100));
      return {
        title: node.id,
        beside: node.name,
        lines: [node.closed ? texts.node_closed : load, ...(node.details ?? [])],
      };
    },
    tour({ tour }) {
      return { tour: tour.number, title: tour.vehicle ?? "", lines: tour.details ?? [] };
    },
    tag: (found, texts) => CONTENTS.tour(found, texts),
  };

  const stateName = (texts, state) => texts["state_" + state] ?? texts["legend_" + state];

  function tourChip(number) {
    const style = regie.look.tour(number);
    const chip = element("span", "regie-chip", "T" + number);
    chip.style.background = style.colour;
    chip.style.color = style.label;
    return chip;
  }

  function fill(text, value) {
    return text.replace("{}", value);
  }

  regie.Card = Card;
})((window.regie = window.regie || {}));
