"""What the tests of a language model share: an answer that is good, and the failure of one that is not."""

from collections.abc import Callable

import pytest

from extractor.article import Article
from extractor.llm import LanguageModel
from extractor.model import ProposalError
from tests.fakes import article, extraction, transfer

Models = Callable[..., LanguageModel]
GOOD = extraction(transfer())


async def failure(model: LanguageModel, about: Article | None = None) -> ProposalError:
    """What asking about the article ends with."""
    with pytest.raises(ProposalError) as caught:
        await model.propose(about or article())
    return caught.value
