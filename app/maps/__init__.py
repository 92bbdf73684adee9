"""Values as GeoJSON, the base page and the offline base map."""
