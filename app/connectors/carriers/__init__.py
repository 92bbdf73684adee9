"""How bookings are written for carriers: profiles, checks before sending, file layouts."""
