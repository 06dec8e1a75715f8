"""Successors: states that are gone and those that came after them."""

_SUCCESSOR = {"SUN": "RUS", "CSK": "CZE", "DDR": "DEU", "YUG": "SRB"}
# First year in which the successor acts for itself; West Germany is DEU all along.
_SINCE = {"RUS": ("1992", "SUN"), "CZE": ("1993", "CSK"), "SVK": ("1993", "CSK")}


def successor(code: str) -> str:
    """The state that came after one that is gone; any other code unchanged."""
    return _SUCCESSOR.get(code, code)


def at_time(code: str, year: str | None) -> str:
    """The state that stood for `code` in a year (four digits): "Moscow" of 1961 is the Soviet Union."""
    if year is None:
        return code
    since, gone = _SINCE.get(code, ("", code))
    if "1917" < year < since:
        return gone
    # A treaty of the Soviet Union may be told of in any later year, one by it not.
    return successor(code) if year >= "1993" else code
