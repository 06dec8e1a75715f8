"""Transport: the HTTP client, which follows no redirect and takes no endless reply."""

from collections.abc import AsyncIterator
from typing import cast

import httpx2
from openai import DefaultAioHttpClient

from extractor.errors import AnswerError

LARGEST_REPLY = 8 * 2**20  # bytes; the fullest answers are below 100 kB


def http_client(largest: int = LARGEST_REPLY) -> httpx2.AsyncClient:
    """Give a client over aiohttp; a reply above `largest` bytes raises AnswerError `too_large`."""

    async def limit(response: httpx2.Response) -> None:
        # We ask for no compression, so that bytes counted on the wire are bytes held in memory.
        if response.headers.get("content-encoding", "identity") != "identity":
            raise AnswerError("too_large", "the reply is compressed, which was not asked for")
        response.stream = _Limited(cast("httpx2.AsyncByteStream", response.stream), largest)

    return DefaultAioHttpClient(
        follow_redirects=False, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [limit]}
    )


class _Limited(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, largest: int) -> None:
        self._stream, self._largest = stream, largest

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > self._largest:
                raise AnswerError("too_large", f"the reply is larger than {self._largest} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
