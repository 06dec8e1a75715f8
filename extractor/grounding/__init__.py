"""Grounding: is what a record says in the article? Quotes to places; numbers, actors and dates to the text."""

from extractor.article import Article
from extractor.grounding import actors, dates, quantities
from extractor.grounding.quotes import find, too_short
from extractor.outcome import Check, Span
from schemas import Record

__all__ = ["ground"]


def ground(record: Record, article: Article) -> tuple[tuple[Span, ...], tuple[Check, ...]]:
    """Give a span for each quote that was found and one check each of quotes, numbers, actors and dates.

    A span shows the article's own words; the record stays as it is.
    """
    spans: list[Span] = []
    faults: list[str] = []
    for quote in record.evidence:
        place = find(quote, article.text, article.language)
        if too_short(quote):
            faults.append(f"too short to prove anything: {quote!r}")
        elif place is None:
            faults.append(f"not in the article: {quote!r}")
        else:
            spans.append(Span(article.text[place[0] : place[1]], *place))
    check = Check("quote", "fail" if faults else "pass", "; ".join(faults))
    words = [span.quote for span in spans]
    return tuple(spans), (
        check,
        quantities.check(record, words, article),
        actors.check(record, spans, article),
        dates.check(record, article),
    )
