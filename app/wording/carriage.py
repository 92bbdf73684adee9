"""What is said about carriers, prices and bookings."""

from app.i18n import N_

_FENCES: dict[str, str] = {
    "carrier_inactive": N_("{carrier} is switched off in the panel."),
    "service_not_yet": N_("The contract only begins on {from_on}."),
    "service_ended": N_("The contract ended on {to_on}."),
    "service_mode": N_("Not a service for this delivery mode."),
    "service_zone": N_("Does not serve {place}."),
    "service_weight": N_("{weight_g} exceeds the limit of {limit_g}."),
    "service_length": N_("{length_cm} cm long; the limit is {limit_cm} cm."),
    "service_girth": N_("Length plus girth {length_cm} cm; the limit is {limit_cm} cm."),
    "service_pieces": N_("{parcels} parcels; the limit is {limit} per shipment."),
    "service_value": N_("Goods worth {value_cents}; covered up to {limit_cents}."),
    "service_handling_cold": N_("Cannot keep goods cold."),
    "service_handling_fragile": N_("Does not take fragile goods."),
    "service_handling_dangerous": N_("Does not take dangerous goods."),
    "service_handling_two_person": N_("Does not deliver with two people."),
    "service_handling": N_("Does not offer the handling asked for: {handling}."),
    "service_energy": N_("The policy excludes the energy of its vehicles."),
    "service_day": N_("Does not collect on {day_on}."),
    "service_holiday": N_("{day_on} is a public holiday."),
    "service_cutoff": N_("Collects until {cutoff}; it is {time}."),
    "service_quota": N_("Its quota of {quota} for the day is used up."),
    "carrier_address_vague": N_("Address located at {score_share} only; {needed_share} is needed."),
    "pickup_point_elsewhere": N_("Pickup point {pickup_point} is not this carrier's."),
    "pickup_point_closed": N_("{pickup_point} is closed."),
    "pickup_point_weight": N_("{pickup_point} takes up to {limit_g}; this is {weight_g}."),
    "pickup_point_full": N_("{pickup_point} takes up to {limit} parcels; these are {parcels}."),
    "tariff_missing": N_("No tariff for zone {zone} at this weight."),
    "tariff_currency": N_("The tariff is in {currency}."),
    "tariff_condition": N_("A surcharge has a condition that cannot be read: {condition}"),
    "override_needs_reason": N_("Say why this carrier and not the one suggested."),
}
_LINES: dict[str, str] = {
    "carried_by_weight": N_("Carriage, zone {zone}, {weight_g}"),
    "carried_as_heavier": N_("Carriage, zone {zone}, {weight_g} declared as {declared_g}"),
    "carried_by_parcel": N_("Carriage, zone {zone}, by the parcel ({parcels})"),
    "carried_by_pallet": N_("Carriage, zone {zone}, by the pallet ({pallets})"),
    "carried_by_distance": N_("Carriage, zone {zone}, {distance_m}"),
    "carried_by_volume": N_("Carriage, zone {zone}, {volume_ml}"),
    "carried_by_stop": N_("Carriage, zone {zone}"),
    "minimum_charge": N_("Up to the minimum charge"),
}
_BOOKINGS: dict[str, str] = {
    "name_missing": N_("The consignee has no name."),
    "street_missing": N_("The address has no street; this service needs one."),
    "postcode_missing": N_("The address has no postcode."),
    "town_missing": N_("The address has no town."),
    "phone_missing": N_("There is no phone number; this service needs one."),
    "email_missing": N_("There is no e-mail address; this service needs one."),
    "note_missing": N_("There are no delivery instructions; this service needs them."),
    "phone_misshaped": N_("“{phone}” is not a phone number."),
    "postcode_misshaped": N_("“{postcode}” is not a French postcode."),
    "name_too_long": N_("The name has {characters} characters; the carrier takes {limit}."),
    "street_too_long": N_(
        "The street has {characters} characters; the carrier takes {lines} lines of {length}."
    ),
    "postcode_too_long": N_("The postcode has {characters} characters; the carrier takes {limit}."),
    "town_too_long": N_("The town has {characters} characters; the carrier takes {limit}."),
    "phone_too_long": N_(
        "The phone number has {characters} characters; the carrier takes {limit}."
    ),
    "email_too_long": N_(
        "The e-mail address has {characters} characters; the carrier takes {limit}."
    ),
    "note_too_long": N_(
        "The delivery instructions have {characters} characters; the carrier takes {limit}."
    ),
    "not_in_charset": N_("The carrier's file cannot hold these characters: {characters}"),
    "advice_value": "{value}",
    "advice_shorten": N_("Shorten it in the order, then import the order again."),
    "advice_latin": N_("Write it in Latin letters."),
    "advice_node": N_("Complete node {node}, then import nodes.csv again."),
    "advice_ask_name": N_("Ask the customer for a name; none is made up."),
    "advice_ask_street": N_("Ask the customer for the street and number."),
    "advice_ask_postcode": N_("Correct the postcode in the order."),
    "advice_ask_town": N_("Complete the town in the order."),
    "advice_ask_phone": N_("Ask the customer for a phone number; none is made up."),
    "advice_ask_email": N_("Ask the customer for an e-mail address."),
    "advice_ask_note": N_("Ask the customer how to find the door."),
    "broken_plugin": N_("The plug-in {name} cannot be loaded: {detail}"),
    "cannot_write": N_("{file} cannot be written: {detail}"),
}
SENTENCES: dict[str, str] = {**_FENCES, **_LINES, **_BOOKINGS}
