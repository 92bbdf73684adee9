"""What is said about files, rows and addresses: what is wrong, and what to do."""

from app.i18n import N_

_FILES: dict[str, str] = {
    "not_a_file": N_("{file} is not a file. Choose a CSV or Excel file, or a folder of them."),
    "unreadable_file": N_("{file} cannot be read: {detail}. Check its rights, or copy it here."),
    "file_too_large": N_("{file} is larger than {limit_mb} MB. Split it, then import the parts."),
    "no_features": N_("{file} holds no GeoJSON features. Export the zones as a FeatureCollection."),
    "no_extract": N_(
        "{file} is no OpenStreetMap extract: {detail}. Download it again as .osm.pbf."
    ),
    "no_roads": N_("{file} holds no road. Choose an extract of your own region."),
    "empty_file": N_("{file} is empty. Export it again."),
    "old_excel_file": N_("{file} is an old Excel file. Save it as .xlsx or CSV, then import that."),
    "pdf_file": N_("{file} is a PDF, not a table. Ask for the CSV or Excel file behind it."),
    "compressed_file": N_("{file} is compressed. Unpack it, then import what is inside."),
    "picture_file": N_("{file} is a picture, not a table. Ask for the CSV or Excel file."),
    "binary_file": N_("{file} is not text. Export it as CSV (UTF-8) or .xlsx."),
    "unknown_encoding": N_("The encoding of {file} is unknown. Save it as CSV UTF-8."),
    "damaged_workbook": N_("{file} is damaged or no Excel file. Open it and save it again."),
    "not_a_workbook": N_("{file} is an archive, but no Excel file. Save it as .xlsx or CSV."),
    "locked_workbook": N_("{file} asks for a password. Save it without one, then import it."),
    "workbook_too_large": N_(
        "{file} would unfold to more than {limit_mb} MB. Save the sheet as CSV."
    ),
    "no_such_sheet": N_("{file} has no sheet “{sheet}”. It has: {sheets}."),
    "no_header": N_("{file} has no header: its first row must name the columns."),
    "too_many_columns": N_("{file} has more than {limit} columns. Keep those that are needed."),
    "too_many_rows": N_("There are more than {limit} rows. Split the file."),
    "missing_columns": N_("Columns are missing: {columns}. Add them, or use a mapping."),
    "column_twice": N_("The column “{title}” is there twice. Rename one of them."),
    "no_such_column": N_("The mapping asks for a column “{title}”, which is not there."),
    "outside_folder": N_("{file} lies outside the folder of the file. Put it beside it."),
    "bad_rules": N_("{detail} The last good rules stay in force."),
    "unknown_kind": N_("What {file} holds is not known. Say it, or name the file: {names}."),
    "nothing_known": N_("{folder} holds no file that is known by name: {names}."),
    "mapping_for_folder": N_("The mapping names no file of the folder. Say it: file = “…”."),
    "mapping_other_kind": N_("The mapping is for {kind}, not for {wanted}."),
}

_MAPPINGS: dict[str, str] = {
    "mapping_too_long": N_("The mapping is longer than {limit} characters."),
    "mapping_not_toml": N_("The mapping is not TOML: {detail}."),
    "mapping_not_one_of": N_("In the mapping, {entry} is not one of: {allowed}."),
    "mapping_wrong_type": N_("In the mapping, {entry} is of the wrong type."),
    "mapping_missing": N_("In the mapping, {entry} is missing."),
    "mapping_one_source": N_("In the mapping, {entry} needs one of: from, constant, count, sum."),
    "mapping_needs_group": N_("In the mapping, {entry} counts rows: say of what with group_by."),
}

_ROWS: dict[str, str] = {
    "line_too_long": N_("the line has more than {limit} characters. Check the line ends."),
    "unreadable_row": N_("the row cannot be read. Check its quotes."),
    "open_quote": N_("a quote is opened and never closed. Close it, or double it inside a text."),
    "too_many_cells": N_(
        "{cells} cells for {columns} columns. Put texts that hold the separator in quotes."
    ),
    "repeated": N_("the same was on line {first_line}, which counts. Keep one of them."),
    "missing": N_("nothing is there, and it is needed. Fill it in."),
    "no_match": N_("the joined file has no row for it. Complete that file."),
    "several_matches": N_("{file} has several different rows for “{key}”. Keep one of them."),
    "no_lines": N_("order {order} has no product. Add its lines, or leave it out."),
    "order_incomplete": N_(
        "order {order} stays out whole because of line {bad_line}. Mend that line."
    ),
    "rows_disagree": N_(
        "line {first_line} of the same order says “{first_value}”. Make them agree."
    ),
    "needed_for_mode": N_("nothing is there, and the mode {mode} needs it. Fill it in."),
    "no_geometry": N_("the feature has no geometry. Draw its area, or leave it out."),
    "no_polygon": N_("this is no polygon with at least four points. Draw the area again."),
    "no_ban": N_("nobody is kept out. Give a class, a weight or the hours without motors."),
    "ends_before_start": N_("the end comes before the start. Change one of them."),
    "windows_unpaired": N_(
        "{starts} starts and {ends} ends of further windows. Give as many of both."
    ),
    "also_without_promise": N_(
        "a further window stands beside a promised one. Fill that in first."
    ),
    "empty_bracket": N_("the bracket ends where it begins or before. Raise its end."),
}

_CELLS: dict[str, str] = {
    "not_a_number": N_("not a number. Write digits, such as 12 or 12.5."),
    "other_decimal_mark": N_(
        "decimals are said to follow “{mark}” in this file. Write them so, or say another mark."
    ),
    "not_whole": N_("not a whole number. Write one, such as 12."),
    "too_small": N_("less than {least}. Correct it."),
    "too_large": N_("more than {most}. Correct it."),
    "too_long": N_("longer than {limit} characters. Shorten it."),
    "unreadable_character": N_("it holds a character that cannot be read. Type it again."),
    "mangled_by_spreadsheet": N_(
        "a spreadsheet has rounded this code. Format the column as text, then export again."
    ),
    "spreadsheet_error": N_("the spreadsheet could not calculate this. Correct its formula."),
    "formula_without_result": N_(
        "a formula that was never calculated. Open the file in a spreadsheet and save it."
    ),
    "not_yes_or_no": N_("neither yes nor no. Write yes or no."),
    "not_one_of": N_("not one of: {allowed}."),
    "bad_date": N_("not a date. Write 2026-11-24 or 2026-11-24T09:30, or use a mapping."),
    "not_in_date_format": N_("not a date in the mapping's format, {form}."),
    "date_out_of_range": N_("the year is not between {first} and {last}. Correct it."),
    "bad_time": N_("not a time. Write hours and minutes, such as 09:30."),
    "bad_weekdays": N_("not days of the week. Write them such as Mo-Fr or Mo,We,Sa."),
    "bad_area": N_("“{prefix}” is no beginning of a postcode. Write such as 59 or 59800."),
    "bad_opening_hours": N_("not opening hours. Write them such as Mo-Sa 09:00-19:00; PH off."),
    "unknown_node": N_("no node has this code. Import nodes.csv first, or correct it."),
    "unknown_sku": N_("no product has this code. Import products.csv first, or correct it."),
    "unknown_carrier": N_("no carrier has this code. Import carriers.csv first, or correct it."),
    "unknown_service": N_(
        "{carrier} has no service {service}. Import services.csv first, or correct it."
    ),
    "unknown_country": N_("no country. Write its two letters, such as FR."),
    "unknown_timezone": N_("no time zone. Write one such as Europe/Paris."),
    "other_currency": N_("this workspace reckons in {currency} alone. Convert the amounts."),
    "half_a_place": N_("latitude and longitude go together. Fill in both, or neither."),
    "not_located": N_(
        "no place is known for “{address}”. Give latitude and longitude, or correct the address."
    ),
}

_NOTES: dict[str, str] = {
    "clock_doubled": N_("the clock shows this time twice; the later one is taken: {taken_as}."),
    "clock_skipped": N_("the clock skips this time; the later one is taken: {taken_as}."),
    "zero_put_back": N_("the zero that was lost is put back: {postcode}."),
    "no_place_at_zero": N_("0, 0 is taken as no place at all."),
    "located_by_address": N_("no coordinates; placed by its address at {matched}."),
    "prices_averaged": N_("the rows give {sku} several prices; their mean is taken: {mean_cents}."),
    "geocoder_silent": N_("The online geocoder did not answer; towns were taken: {detail}."),
    "no_rows": N_("{file} has a header and no row: nothing was changed."),
}

_SETTLED: dict[str, str] = {
    "order_already_allocated": N_(
        "goods are already allocated to order {order}. Release it first, then import again."
    ),
    "order_ended": N_("order {order} is closed or cancelled, and stays as it is."),
    "stock_gone": N_("order {order} lost its goods and is to be sourced again."),
}

SENTENCES: dict[str, str] = _FILES | _MAPPINGS | _ROWS | _CELLS | _NOTES | _SETTLED
