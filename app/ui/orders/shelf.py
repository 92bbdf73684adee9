"""Which view of the worklist is chosen, and what the person has changed in it."""

from collections.abc import Mapping
from dataclasses import replace

from app.i18n import _
from app.ui.orders.filters import Filter
from app.ui.orders.saved_views import (
    DESK_VIEWS,
    Arrangement,
    desk_view,
    own_name,
    title_of,
)
from app.ui.views import BY_NAME
from app.ui.widgets.view_tabs import SavedView


class Shelf:
    """The desk's views and the person's own; one is chosen at any time."""

    def __init__(self) -> None:
        self.own: dict[str, Arrangement] = {}
        self.name = DESK_VIEWS[0]
        self.arrangement = desk_view(self.name)
        self._expected = ""

    @property
    def title(self) -> str:
        """The title of the person's own view that is chosen; empty for the desk's."""
        return title_of(self.name)

    def choose(self, name: str) -> None:
        """Turn to a view; a search stays while one goes from one of the desk's to the next."""
        if name == self.name:
            return
        search = "" if self.title else self.arrangement.filter.search
        kept = self.own.get(title_of(name))
        sort, descending = self.arrangement.sort, self.arrangement.descending
        self.name = name
        self.arrangement = kept or Arrangement(
            name, Filter(search=search), sort=sort, descending=descending
        )

    def narrow(self, wanted: Filter) -> None:
        """Show less, or more, of the view."""
        self.arrangement = replace(self.arrangement, filter=wanted)

    def sort_by(self, column: str, *, descending: bool) -> None:
        """Remember how the person has put the rows in order."""
        self.arrangement = replace(self.arrangement, sort=column, descending=descending)

    def expect(self, title: str) -> None:
        """Turn to the person's view of this title as soon as it is kept."""
        self._expected = title

    def take_over(self, own: Mapping[str, Arrangement]) -> None:
        """The person's views as they are kept now; a view that is gone gives way to its base."""
        self.own = dict(own)
        if self._expected in self.own:
            self.name, self._expected = own_name(self._expected), ""
            self.arrangement = self.own[self.title]
        if self.title and self.title not in self.own:
            base = self.arrangement.base
            self.name, self.arrangement = base, desk_view(base)

    def named(self) -> dict[str, Arrangement]:
        """The person's views by the names of their tabs."""
        return {own_name(title): view for title, view in self.own.items()}

    def tabs(self, counts: Mapping[str, int]) -> list[SavedView]:
        """Every view as its tab shows it."""
        desk = [(name, _(BY_NAME[name].label)) for name in DESK_VIEWS]
        own = [(own_name(title), title) for title in self.own]
        return [SavedView(name, title, counts.get(name, 0)) for name, title in (*desk, *own)]
