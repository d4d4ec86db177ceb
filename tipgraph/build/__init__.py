"""The layers checked, versioned, and written as a folder in one step."""
