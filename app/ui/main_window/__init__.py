"""The window itself: panes, menus, figures of the day, status."""
