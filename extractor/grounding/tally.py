"""Tally: one number added and multiplied up from its words."""

from decimal import Decimal

from extractor.grounding.phrases import Item

_HALF = Decimal("0.5")
_MYRIADS = (10**4, 10**8, 10**12)  # Korean goes on in digits behind them: "2만 8000"
_LARGEST = Decimal(10) ** 18  # far above what a record may hold


class Tally:
    """Adds and multiplies one number up, item by item; a linking word counts once the number goes on behind it."""

    def __init__(self) -> None:
        self.parts: list[Decimal] = []
        self.scale = Decimal(1)
        self.length = 0
        self.rough = self.rounded = self.weak = False
        self._seen = 0
        self._few = self._linked = False
        self._multiplier = Decimal(1)

    @property
    def total(self) -> Decimal:
        """The number so far."""
        return sum(self.parts, Decimal(0))

    def take(self, item: Item, following: Item | None, fraction: bool) -> bool:
        """Take the item in if the number can go on with it."""
        self._seen += 1
        taken = (
            self._take_digits(item, fraction)
            or self._take_multiplier(item)
            or self._take_number(item)
            or self._take_half(item)
        )
        if taken:
            self.length, self._linked = self._seen, False
            return True
        return self._take_link(item, following)

    def _take_digits(self, item: Item, fraction: bool) -> bool:
        value = item.kinds.get("digits")
        if value is None:
            return False
        if self.parts and not (self._fits(value) and (self._multiplier in _MYRIADS or not item.gap)):
            return False
        if self.weak or self._few:
            return False
        self.parts.append(Decimal(item.written.replace(",", ".")) if fraction else value)
        return True

    def _take_number(self, item: Item) -> bool:
        rounded = item.kinds.get("rounded")
        if rounded is not None:
            if self.parts and not self.weak:
                self._multiply(rounded)
            else:
                self.parts, self.rounded, self.weak = [rounded], True, False
            return True
        value = item.kinds.get("numbers")
        if value is None and "one" in item:
            if self.parts and not self._linked:
                return False
            self.weak = not self.parts
            return self._push(Decimal(1))
        return value is not None and not self.weak and not self._few and self._push(value)

    def _push(self, value: Decimal) -> bool:
        if self.parts and not self._fits(value):
            return False
        self.parts.append(value)
        return True

    def _fits(self, value: Decimal) -> bool:
        """Whether a number goes on with a smaller part: 40 after 100, 5 after 40, in French 11 after 60."""
        last = self.parts[-1]
        if last in (60, 80) and 10 <= value < 20:
            return True
        return last > value >= 1 and last < _LARGEST and last % 10 ** (value.adjusted() + 1) == 0

    def _take_multiplier(self, item: Item) -> bool:
        plural = "multipliers" not in item
        factor = item.kinds.get("plurals" if plural else "multipliers")
        if factor is None or self.total > _LARGEST:
            return False
        self.rough = self.rough or self._few or (plural and not self.parts)
        self._multiply(factor)
        self.weak = self._few = False
        return True

    def _multiply(self, factor: Decimal) -> None:
        first = not self.parts
        smaller = Decimal(0)
        while self.parts and (self.parts[-1] < factor or (len(self.parts) == 1 and not smaller)):
            smaller += self.parts.pop()
        self.parts.append((smaller or 1) * factor)
        self.scale = self.scale if first else self.scale * factor
        self._multiplier = factor

    def _take_half(self, item: Item) -> bool:
        if "half" not in item:
            return False
        if self.parts and not self.weak:
            self.parts.append(_HALF * max(Decimal(1), self._multiplier))
        else:
            self.parts = [_HALF]
        self.weak = False
        return True

    def _take_link(self, item: Item, following: Item | None) -> bool:
        """Words inside a number: "several" before it, "and" between parts, "of" after "tens"."""
        if "few" in item and not self.parts and not self._few:
            self._few = True
            return True
        if following is None or not self.parts or self.weak or self._linked:
            return False
        if "and" in item and following.kinds.keys() & {"numbers", "half", "one"}:
            self._linked = True
            return True
        return "of" in item and self.rough and bool(following.kinds.keys() & {"multipliers", "plurals"})
