"""Derive who belongs and who is bound, from when until when; it knows dates and no RDF."""
