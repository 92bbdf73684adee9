"""The map pane: a web page of our own, served by the program itself."""
