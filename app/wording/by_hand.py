"""What is said about tours that a person changes by hand."""

from app.i18n import N_

SENTENCES: dict[str, str] = {
    "hand_no_tour": N_("This tour is gone."),
    "hand_unchanged": N_("Nothing would change."),
    "joint_no_drafts": N_(
        "There are no draft tours on {on}: plan the day first, then look for orders that the tour"
        " of another node could bring."
    ),
    "hand_agreed": N_("{tour} is agreed: reopen it first."),
    "hand_locked": N_("{tour} is locked."),
    "hand_not_here": N_("{shipment} cannot be put on a tour of this day."),
    "hand_booked": N_("{shipment} was sent to a carrier."),
    "hand_vehicle_off": N_("{vehicle} is out of service."),
    "hand_vehicle_busy": N_("{vehicle} drives {tour} already."),
    "hand_no_fetch": N_(
        "By the rules of tours, no vehicle of {depot} fetches goods at {node}: {vehicle} cannot."
    ),
    "hand_other_node": N_("The goods lie at {node}, {vehicle} leaves from {depot}."),
    "hand_rides_already": N_("{shipment} rides on {tour} already."),
    "hand_two_tours": N_("That takes two tours."),
    "hand_nothing_to_split": N_("{tour} cannot be split there."),
    "hand_no_idle_vehicle": N_("No vehicle of {node} is without a tour."),
    "hand_no_way": N_("{vehicle} cannot make these stops in this order."),
}
