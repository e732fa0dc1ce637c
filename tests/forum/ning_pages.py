"""A classic network's pages: what a visitor without an account gets to see."""

from collections.abc import Sequence
from html import escape

from tests.forum.content import Content

COMMENTS = 10  # on a page


def page(title: str, body: str, *, head: str = "") -> str:
    """Return a page in the network's frame."""
    return (
        f"<!DOCTYPE html><html><head><title>{escape(title)}</title>{head}"
        '<link rel="stylesheet" href="http://static.ning.com/socialnetworkmain/widgets/a.css"/>'
        '<script>ning = {"CurrentApp":{"appId":"2098765"},"CurrentProfile":null};</script>'
        f'</head><body><div id="xg_body">{body}</div><div id="xg_foot"><p class="left">'
        "© 2026 Gemaakt door Beheer. Verzorgd door <img alt=Ning></p></div></body></html>"
    )


def content_page(one: Content, comments: Sequence[Content], *, number: int) -> str:
    """Return a post or topic with ten of its comments."""
    shown = comments[(number - 1) * COMMENTS : number * COMMENTS]
    rows = "".join(
        f'<dl class="comment vcard" _id="{each.id}" id="comment-{each.id.replace(":", "_")}">'
        f'<dt><a class="fn url" title="{escape(each.author)}">{escape(each.author)}</a></dt>'
        f'<dd><div class="xg_user_generated">{each.html}</div></dd></dl>'
        for each in shown
    )
    return page(
        one.title,
        '<div class="xg_module xg_blog xg_blog_detail"><div class="xg_headline"><div class="tb">'
        f"<h1>{escape(one.title)}</h1></div></div>"
        f'<div class="xg_module_body"><div class="postbody">{one.html}</div></div>'
        f'<p>Weergaven: 148</p><div id="comments" _numComments="{len(comments)}">{rows}</div>'
        '<div class="comment-join"><h3>Je moet lid zijn om reacties te kunnen toevoegen!</h3>'
        "</div></div>",
    )


def list_page(posts: Sequence[Content]) -> str:
    """Return the list of posts."""
    rows = "".join(
        f'<div _snid="{one.id}"><a href="{one.path}">{escape(one.title)}</a></div>'
        for one in posts[:20]
    )
    link = (
        '<link rel="alternate" type="application/atom+xml" href="/profiles/blog/feed?xn_auth=no">'
    )
    return page("Alle berichten", rows, head=link)
