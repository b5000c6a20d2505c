"""Markdown of a workshop → HTML that is safe wherever it is shown. Pure.

CommonMark with tables and strikethrough. HTML is text, an image is a link to it, and a link leads to http, to
https or within the site, in a window of its own. Nothing in it has a style, a script or a source.
"""

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

HEADING_LEVEL_MAX: Final = 6
TABLE_CELLS_MAX: Final = 2_000
"""A larger table stays the text that it was written as."""
KEPT: Final = 256
"""Texts whose HTML is kept: a class of forty opens the same exercise at once."""
_LANGUAGE: Final = re.compile(r"[a-z0-9+#-]{1,20}", re.IGNORECASE)


@lru_cache(KEPT)
def html_of(text: str, first_heading: int = 2) -> str:
    """A text as HTML. `#` becomes a heading of the level `first_heading`, `##` of the next one.

    A block of code is <pre><code class="language-js">, without the class where no language is named.
    """
    environment: MutableMapping[str, Any] = {"first_heading": first_heading}
    html: str = _MARKDOWN.render(text, environment)
    return html


def _table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A table that is not so large that it takes seconds: cells that a row lacks are made up."""
    columns = state.src[state.bMarks[first] : state.eMarks[first]].count("|") + 1
    last = next((line for line in range(first, end) if state.isEmpty(line)), end)
    return columns * (last - first) <= TABLE_CELLS_MAX and table(state, first, end, silent)


def _is_safe(url: str) -> bool:
    # Without a colon before its first slash there is no scheme, whatever a browser passes over in one.
    return url.lower().startswith(("http://", "https://")) or ":" not in re.split("[/?#]", url)[0]


def _settle(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = int(token.tag[1:]) + state.env["first_heading"] - 1
            token.tag = f"h{min(level, HEADING_LEVEL_MAX)}"
        elif token.type in {"th_open", "td_open"}:
            token.attrs.clear()
        elif token.type == "fence" and not _LANGUAGE.fullmatch(token.info.strip().split(" ")[0]):
            token.info = ""


def _link(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    _: MutableMapping[str, Any],
) -> str:
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, _)


def _made() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    markdown.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    markdown.validateLink = _is_safe  # type: ignore[method-assign]
    markdown.core.ruler.push("settle", _settle)
    markdown.add_render_rule("link_open", _link)
    return markdown


_MARKDOWN: Final = _made()
