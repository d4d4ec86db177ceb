"""A thing, and rows, as people and machines read them."""
