"""What is said about refusals and the machine."""

from app.i18n import N_

_JOURNAL: dict[str, str] = {
    "entry_import_node": N_("Nodes taken in from {file}: {count}"),
    "entry_import_product": N_("Products taken in from {file}: {count}"),
    "entry_import_stock": N_("Stock figures taken in from {file}: {count}"),
    "entry_import_order": N_("Orders taken in from {file}: {count}"),
    "entry_import_vehicle": N_("Vehicles taken in from {file}: {count}"),
    "entry_import_access_zone": N_("Access zones taken in from {file}: {count}"),
    "entry_import_carrier": N_("Carriers taken in from {file}: {count}"),
    "entry_import_service": N_("Carrier services taken in from {file}: {count}"),
    "entry_import_zone": N_("Carrier zones taken in from {file}: {count}"),
    "entry_import_tariff": N_("Tariff lines taken in from {file}: {count}"),
    "entry_import_surcharge": N_("Surcharges taken in from {file}: {count}"),
    "entry_import_pickup_point": N_("Pickup points taken in from {file}: {count}"),
    "entry_source_one": N_("Order {order} sourced from {nodes}"),
    "entry_source": N_("Orders sourced: {count}"),
    "entry_release": N_("Order {order} released"),
    "entry_cancel": N_("Order {order} cancelled"),
    "entry_open_node": N_("{node} opened for sourcing"),
    "entry_close_node": N_("{node} closed for sourcing"),
    "entry_zone_on": N_("Access zone {zone} holds again"),
    "entry_zone_on_why": N_("Access zone {zone} holds again: {said}"),
    "entry_zone_off": N_("Access zone {zone} holds no more"),
    "entry_zone_off_why": N_("Access zone {zone} holds no more: {said}"),
    "entry_correct_address": N_("Address placed by hand: {address}"),
    "entry_save_tours": N_("Tours planned for {on}: {count}"),
    "entry_draft_day": N_("Tours of {on} reopened"),
    "entry_validated_day": N_("Tours of {on} validated"),
    "entry_published_day": N_("Tours of {on} published"),
    "entry_closed_day": N_("Tours of {on} closed"),
    "entry_draft_tours": N_("{tours} reopened"),
    "entry_validated_tours": N_("{tours} validated"),
    "entry_published_tours": N_("{tours} published"),
    "entry_closed_tours": N_("{tours} closed"),
    "entry_lock_tour": N_("{tour} locked"),
    "entry_unlock_tour": N_("{tour} unlocked"),
    "entry_unplan": N_("Shipments taken out of their tours: {count}"),
    "entry_edit_place": N_("Moved to {tour} by hand: {count} (tours {tours})"),
    "entry_edit_reverse": N_("{tour} turned round by hand"),
    "entry_edit_split": N_("{tours}: split by hand, {count} stops moved"),
    "entry_edit_merge": N_("{tours}: merged by hand"),
    "entry_edit_swap": N_("{tours}: vehicles exchanged"),
    "entry_edit_drive": N_("{tour} given another vehicle"),
    "entry_edit_displace": N_("{tours}: one stop in the place of another"),
    "entry_edit_gentle": N_("{tours} re-optimised gently: {count} stops moved"),
    "entry_edit_forced": N_("{tours} changed by hand against a rule: {said}"),
    "entry_move_reallocated": N_("Orders sourced, agreed ones among them reallocated: {count}"),
    "entry_move_joint": N_("Orders sent from where a tour passes: {count}"),
    "entry_choose_carriers": N_("Carriers chosen, shipments: {count}"),
    "entry_book": N_("Bookings exported: {references}"),
    "entry_date_policy": N_(
        "Rules published: version {version}, {label}, in force from {starts_on} at {starts_at}"
    ),
    "entry_publish_policy": N_("Rules published: version {version}, {label}"),
    "entry_lock_shipments": N_("Locked: {shipments}"),
    "entry_unlock": N_("Lock taken off: {lock}"),
    "entry_save_mapping": N_("Mapping “{name}” kept"),
    "entry_save_view": N_("View “{name}” kept"),
    "entry_undo": N_("Undone"),
}
_CHECKS: dict[str, str] = {
    "chain_broken": N_("Entry {entry} does not follow the one before: the journal was changed."),
    "body_changed": N_("Entry {entry}: what was asked for is not what was written."),
    "result_changed": N_("Entry {entry}: how it ended is not what was written."),
    "reservations_differ": N_(
        "{node}, {sku}: {counted} pieces are counted as reserved, {held} are held by shipments."
    ),
    "reservation_of_nothing": N_("Pieces are held for {shipment}, which is no longer active."),
    "planned_shipment_gone": N_("Tour {tour} still carries {shipment}, which is no longer active."),
    "doctor_python": N_("Python {found}."),
    "doctor_sqlite": N_("SQLite is recent enough."),
    "doctor_french": N_("The French texts are there."),
    "doctor_french_missing": N_("The French texts are not compiled: run the set-up again."),
    "doctor_gazetteer": N_("The gazetteer of France is there."),
    "doctor_gazetteer_missing": N_("The gazetteer of France is not built: run the set-up again."),
    "doctor_map": N_("The map's files are there."),
    "doctor_map_missing": N_("The map's files were not fetched: run the set-up again."),
    "doctor_folder": N_("{folder} can be written to."),
    "doctor_folder_read_only": N_("{folder} cannot be written to: change its rights."),
    "doctor_room": N_("{free} GB are free."),
    "doctor_room_short": N_("Only {free} GB are free: make room before the day begins."),
    "doctor_qt_missing": N_("The window's library (PySide6) is not installed: run the set-up."),
    "doctor_libraries": N_("The system has every library the window needs."),
    "doctor_libraries_missing": N_("The system lacks {names}: run the set-up, or install them."),
    "doctor_display": N_("A display is there."),
    "doctor_no_display": N_("No display here: the commands work, the window does not open."),
}
SENTENCES: dict[str, str] = {
    **_JOURNAL,
    **_CHECKS,
    "moved_on": N_("{subject} has changed since: undo that first."),
    "still_used": N_("Stock speaks of {name}, so it stays; correct it by a new file."),
    "nothing_to_undo": N_("There is nothing left to undo."),
    "not_undoable": N_("This entry cannot be undone; the next one corrects it."),
    "no_stock": N_("{node} has {available} of {sku} left, {asked} were asked for."),
    "already_agreed": N_("Tour {tour} is already agreed; reopen it before changing it."),
    "not_that_day": N_("{shipment} is not for our own tours of {day_on}."),
    "already_planned": N_("Shipment {shipment} is in tour {tour}; take it out of the tour first."),
    "already_booked": N_("Shipment {shipment} was sent to its carrier under {reference}."),
    "nothing_usable": N_("No row of {file} could be used. {detail}"),
    "bad_file": N_("{file} cannot be read: {detail}"),
    "starts_too_late": N_(
        "Rules cannot start on {starts_on} at {starts_at}: that is over. Choose a later time."
    ),
    "bad_policy": N_("{file}, line {line}, {field}: {detail} The last good rules stay in force."),
    "no_backup": N_("There is no backup in {folder}."),
    "stopped": N_("Stopped; nothing was changed."),
    "damaged_roads": N_(
        "The roads {name} are damaged: {detail}. Remove them (regie roads --remove {name}), then"
        " take them in again."
    ),
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
    "no_display": N_(
        "There is no display here, so no window: use the commands (regie --help), or a screen."
    ),
    "root_sandbox": N_(
        "As root the map cannot be drawn safely. Start Régie as a normal user; in a container "
        "set QTWEBENGINE_DISABLE_SANDBOX=1."
    ),
    "no_network": N_("The network did not answer: {detail}"),
}
