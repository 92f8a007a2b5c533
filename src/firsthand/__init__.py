"""Firsthand: from a pile of news coverage of a contested incident to a case file that can be checked."""

__version__ = "0.1.0.dev0"
