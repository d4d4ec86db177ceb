"""The shell's interface: each command calls the Python interface and presents what it gives."""

from tipgraph.cli.main import main

__all__ = ["main"]
