from collections.abc import Mapping
from typing import Any, BinaryIO

class FeedParserDict(dict[str, Any]):
    bozo: bool
    entries: list[FeedParserDict]
    feed: FeedParserDict

def parse(
    source: BinaryIO,
    /,
    *,
    response_headers: Mapping[str, str],
    resolve_relative_uris: bool,
    sanitize_html: bool,
) -> FeedParserDict: ...
