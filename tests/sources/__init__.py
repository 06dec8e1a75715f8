"""Paths, files, bytes and headers become articles."""
