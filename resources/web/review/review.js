// What the review's page does: a tour picked anywhere stands out everywhere, on the map first of all.
(function () {
  "use strict";

  document.documentElement.classList.add("live");

  const NONE = { orders: [], nodes: [], tours: [] };
  let picked = "";
  let hot = "";

  function start() {
    const desk = window.regie?.desks?.[0];
    const marked = [...document.querySelectorAll("[data-tour]")];

    function show() {
      for (const place of marked) {
        place.classList.toggle("picked", place.dataset.tour === picked);
        place.classList.toggle("hot", place.dataset.tour === hot);
        if (place.hasAttribute("aria-pressed")) {
          place.setAttribute("aria-pressed", String(place.dataset.tour === picked));
        }
      }
    }

    function onMap(tour) {
      desk?.select(tour ? { ...NONE, tours: [tour] } : NONE);
    }

    function pick(tour) {
      picked = picked === tour ? "" : tour;
      show();
      onMap(picked);
      desk?.zoomTo(picked ? [picked] : []);
    }

    function hover(tour) {
      if (hot === tour) return;
      hot = tour;
      show();
      onMap(hot || picked);
    }

    for (const place of marked) {
      const { tour } = place.dataset;
      place.addEventListener("mouseenter", () => hover(tour));
      place.addEventListener("mouseleave", () => hover(""));
      place.addEventListener("click", (event) => {
        if (!event.target.closest("a")) pick(tour);
      });
      place.addEventListener("keydown", (event) => {
        if (event.target !== place || (event.key !== "Enter" && event.key !== " ")) return;
        event.preventDefault();
        pick(tour);
      });
    }

    document.addEventListener("regie-selected", ({ detail }) => {
      picked = detail.tours[0] ?? "";
      show();
    });

    window.addEventListener("beforeprint", () => {
      for (const closed of document.querySelectorAll("details:not([open])")) closed.open = true;
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
