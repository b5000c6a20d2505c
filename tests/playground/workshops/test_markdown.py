"""Markdown as HTML: what it may hold, and that nothing in it can run, load or look like something else."""

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.workshops.markdown import html_of

TAGS = {
    *(
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "s",
        "code",
        "pre",
        "a",
        "ul",
        "ol",
        "li",
        "blockquote",
    ),
    *("hr", "br", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title", "target", "rel"},
    "code": {"class"},
    "ol": {"start"},
    "th": {"style"},
    "td": {"style"},
}


class Looked(HTMLParser):
    """Every tag with its attributes, as a browser's parser finds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


def assert_harmless(html: str) -> None:
    for tag, attributes in Looked(html).tags:
        assert tag in TAGS, html
        assert attributes.keys() <= ATTRIBUTES.get(tag, set()), html
        assert "style" not in attributes, html
        if tag == "a":
            href = "".join((attributes["href"] or "").split()).lower()
            assert (
                href.startswith(("http:", "https:"))
                or ":" not in href.split("/")[0].split("?")[0].split("#")[0]
            ), html
            assert attributes["rel"] == "noopener noreferrer"
            assert attributes["target"] == "_blank"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Say *hello* to **Ada**.", "<p>Say <em>hello</em> to <strong>Ada</strong>.</p>\n"),
        ("# Title\n\n## Part", "<h2>Title</h2>\n<h3>Part</h3>\n"),
        ("###### Deep", "<h6>Deep</h6>\n"),
        ("```js\nconst a = '<b>';\n```", "<pre><code class=\"language-js\">const a = '&lt;b&gt;';\n</code></pre>\n"),
        ("```\nplain\n```", "<pre><code>plain\n</code></pre>\n"),
        ("```js title=a\nx\n```", '<pre><code class="language-js">x\n</code></pre>\n'),
        ('```"><script>\nx\n```', "<pre><code>x\n</code></pre>\n"),
        ("`a < b`", "<p><code>a &lt; b</code></p>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("~~old~~", "<p><s>old</s></p>\n"),
        ("<b>bold</b> &lt;", "<p>&lt;b&gt;bold&lt;/b&gt; &lt;</p>\n"),
        (
            "[docs](https://example.org/a?b=1&c=2 'More')",
            '<p><a href="https://example.org/a?b=1&amp;c=2" title="More" target="_blank" rel="noopener noreferrer">docs</a></p>\n',
        ),
        ("[here](/snippets#top)", '<p><a href="/snippets#top" target="_blank" rel="noopener noreferrer">here</a></p>\n'),
        ("![a picture](https://example.org/a.png)", '<p>!<a href="https://example.org/a.png" target="_blank" rel="noopener noreferrer">a picture</a></p>\n'),
        ("[mail](mailto:a@example.org)", "<p>[mail](mailto:a@example.org)</p>\n"),
    ],
)  # fmt: skip
def test_what_is_written_is_shown(text: str, html: str) -> None:
    assert html_of(text) == html


def test_headings_begin_where_the_page_wants_them() -> None:
    assert html_of("# A\n\n## B", first_heading=3) == "<h3>A</h3>\n<h4>B</h4>\n"


def test_a_table_has_no_style() -> None:
    html = html_of("| a | b |\n| :-- | --: |\n| 1 | 2 |")
    assert "<table>" in html
    assert_harmless(html)


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//example.org/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>@import 'https://example.org'</style>",
    "<base href='https://example.org'>",
    "<form action='https://example.org'><input name=a></form>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<math><mtext></p><a href='javascript:alert(1)'>",
    "<!-- --><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<details open ontoggle=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<x onclick=alert(1) style=position:fixed>x",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](< javascript:alert(1)>)",
    "[x](\u00a0javascript:alert(1))",
    "[x](\u200bjavascript:alert(1))",
    "[x](\u2028javascript:alert(1))",
    "[x](javascript://example.org/%0aalert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/png;base64,AAAA)",
    "[x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://example.org/1)",
    "[x](view-source:javascript:alert(1))",
    "[x](feed:javascript:alert(1))",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![x](https://example.org/pixel.png)",
    "![x](x\"onerror=\"alert(1))",
    "[x](https://example.org 'a\" onmouseover=\"alert(1)')",
    "[x](https://example.org/\"onmouseover=alert(1)//)",
    "[x](<https://example.org/\" onmouseover=alert(1)>)",
    "[\"><img src=x onerror=alert(1)>](https://example.org)",
    "<javascript:alert(1)>",
    "<https://example.org/\"onmouseover=alert(1)>",
    "<data:text/html,<script>alert(1)</script>>",
    "[x]\n\n[x]: javascript:alert(1)",
    "[x]\n\n[x]: <javascript:alert(1)> 'title'",
    "[x][y]\n\n[y]: data:text/html,1 '\"><script>alert(1)</script>'",
    "```\"><script>alert(1)</script>\nx\n```",
    "```js\" onclick=\"alert(1)\nx\n```",
    "~~~<img/src=x/onerror=alert(1)>\nx\n~~~",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "# <img src=x onerror=alert(1)>",
    "| <script>alert(1)</script> |\n| --- |\n| <img src=x onerror=alert(1)> |",
    "| a |\n| :-: |\n| b |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)</script>",
    "<a\u0000href='javascript:alert(1)'>x</a>",
    "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
    "*<script>*alert(1)*</script>*",
    "[a](https://example.org)[b](javascript:alert(1))<c onclick=alert(1)>",
    "1. <svg/onload=alert(1)>\n2. [x](javascript:1)",
    "> <img src=x onerror=alert(1)>",
    "[x](//example.org/%22onclick=alert(1))",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "<jav&#x61;script:alert(1)>",
    "[x](\\javascript:alert(1))",
    "[x](java\\script:alert(1))",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_text(attack: str) -> None:
    assert_harmless(html_of(attack))


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from([*"[]()<>!`*_~|:#\"'&;\\/\n\t =-", "javascript:", "data:", "https://a", "x", "onclick=", "&#58;", "\0"]),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_any_text_is_harmless(text: str) -> None:
    assert_harmless(html_of(text))


@pytest.mark.parametrize(
    "piece", ["[", "*", "`", ">", "<", "![", "[](", "**a ", "- ", "&", "\\", "_a", "~~", "|a", "# ", "<a ", "1. ", "a\n>", "[a](<b", "`a``"]
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    assert_harmless(html_of((piece * 10_000)[:10_000]))
    assert time.process_time() - began < 5


def test_a_table_that_would_take_long_stays_text() -> None:
    bomb = ("|" + "a|" * 1_200 + "\n|" + "-|" * 1_200 + "\n" + "|\n" * 2_500)[:10_000]
    began = time.process_time()
    html = html_of(bomb)
    assert time.process_time() - began < 2
    assert "<td>" not in html
    assert "<table>" in html_of("|a|b|\n|-|-|\n" + "|1|2|\n" * 300)
