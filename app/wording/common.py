"""What is said about refusals and the machine."""

from app.i18n import N_

SENTENCES: dict[str, str] = {
    "unknown_subject": N_("Nothing is known under “{name}”."),
    "moved_on": N_("{subject} has changed since, by {by}: undo that first."),
    "nothing_to_undo": N_("There is nothing left to undo."),
    "not_undoable": N_("This entry cannot be undone; the next one corrects it."),
    "no_stock": N_("{node} has {available} of {sku} left, {asked} were asked for."),
    "already_agreed": N_("Tour {tour} is already agreed; reopen it before changing it."),
    "already_planned": N_("Shipment {shipment} is in tour {tour}; take it out of the tour first."),
    "already_booked": N_("Shipment {shipment} was sent to its carrier under {reference}."),
    "nothing_usable": N_("No row of {file} could be used. {detail}"),
    "bad_file": N_("{file} cannot be read: {detail}"),
    "bad_policy": N_("{file}, line {line}, {field}: {detail} The last good rules stay in force."),
    "stopped": N_("Stopped; nothing was changed."),
    "workspace_locked": N_("Another Régie has this folder open: {folder}. Close it first."),
    "newer_database": N_(
        "This folder was written by a newer Régie. Update this one, or open another folder."
    ),
    "old_sqlite": N_(
        "SQLite {found} is too old; {wanted} or newer is needed. Run the set-up again."
    ),
    "disk_full": N_("The disk is full. Free some space, then try again; nothing was half-written."),
    "read_only": N_("{folder} cannot be written to. Choose another folder or change its rights."),
    "damaged_database": N_("{file} is damaged. Restore the latest backup: regie restore."),
    "no_network": N_("The network did not answer: {detail}"),
}
