"""Names of places: found, told from other names, resolved to the gazetteer."""
