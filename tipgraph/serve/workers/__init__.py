"""Queries in processes of their own, which a limit ends."""
