// Small pieces of the page: buttons, rows of menus, and menus that open below a button.
(function (regie) {
  "use strict";

  /** An element with a class and a text; a text is never read as markup. */
  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    if (tag === "button") made.type = "button";
    return made;
  }

  function press(button, pressed) {
    button.setAttribute("aria-pressed", String(pressed));
  }

  function iconButton(icon, label, act) {
    const button = element("button", "regie-icon");
    button.append(regie.look.iconElement(icon, 17));
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    return button;
  }

  /** A row of a menu with its tick; `role` says whether one or several can be ticked. */
  function menuRow(label, checked, role, act) {
    const row = element("button", "regie-menu-row");
    row.setAttribute("role", role);
    row.setAttribute("aria-checked", String(checked));
    const tick = element("span", "regie-tick");
    if (checked) tick.append(regie.look.iconElement("check", 14));
    row.append(tick, element("span", "regie-label", label));
    row.addEventListener("click", act);
    return row;
  }

  /** At most one menu is open; a press elsewhere or Escape closes it. */
  class Menus {
    constructor(map) {
      this._map = map;
      this._open = null;
      document.addEventListener("mousedown", (event) => {
        if (!event.target.closest(".regie-menu, .regie-opener")) this.close();
      }, true); // prettier-ignore
      document.addEventListener("keydown", (event) => this._key(event), true);
    }

    /** A button that opens a menu; `fill(menu)` is called each time it is shown anew. */
    opener(parts, fill) {
      const holder = element("div", "regie-holder");
      const opener = element("button", "regie-opener");
      opener.append(...parts, regie.look.iconElement("down", 14));
      opener.setAttribute("aria-haspopup", "menu");
      opener.setAttribute("aria-expanded", "false");
      opener.addEventListener("click", () => {
        const again = this._open?.opener === opener;
        this.close();
        if (!again) this._show({ holder, opener, fill });
      });
      holder.append(opener);
      return holder;
    }

    refill() {
      if (!this._open) return;
      const { menu, fill } = this._open;
      menu.replaceChildren();
      fill(menu);
    }

    close() {
      this._open?.menu.remove();
      this._open?.opener.setAttribute("aria-expanded", "false");
      this._open = null;
    }

    _show({ holder, opener, fill }) {
      const menu = element("div", "regie-menu");
      menu.setAttribute("role", "menu");
      menu.style.maxHeight = Math.max(120, this._map.getSize().y - 60) + "px";
      this._open = { opener, menu, fill };
      this.refill();
      opener.setAttribute("aria-expanded", "true");
      holder.append(menu);
    }

    _key(event) {
      if (!this._open) return;
      if (event.key === "Escape") {
        const { opener } = this._open;
        this.close();
        opener.focus();
        event.stopImmediatePropagation();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        this._step(event.key === "ArrowDown" ? 1 : -1);
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }

    _step(by) {
      const rows = [...this._open.menu.querySelectorAll("button")];
      const now = rows.indexOf(document.activeElement);
      rows[(now + by + rows.length) % rows.length]?.focus();
    }
  }

  Object.assign(regie, { element, press, iconButton, menuRow, Menus });
})((window.regie = window.regie || {}));
