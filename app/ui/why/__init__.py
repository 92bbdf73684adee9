"""Why an order goes where it goes: the pane, its thread of links and what each link says."""
