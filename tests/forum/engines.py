"""Feeds as three other engines write them: WordPress, Discourse and a static blog."""

import datetime as dt
import email.utils
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape

from aiohttp import web

START = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What somebody wrote, for any engine."""

    number: int
    title: str
    html: str
    author: str = "Sanne de Wit"
    tags: tuple[str, ...] = ("Nieuws", "AVG & Woo")
    published_at: dt.datetime = START
    edited_at: dt.datetime | None = None
    comments: int = 0
    is_pinned: bool = False

    @property
    def slug(self) -> str:
        return self.title.lower().replace(" ", "-")


Written = Callable[["Engine"], tuple[str, str, str]]
"""Returns path, type and text of an engine's feed."""


@dataclass(slots=True)
class Engine:
    """A website with a feed; articles are added, edited and taken away."""

    host: str
    written: Written
    articles: dict[int, Article] = field(default_factory=dict[int, Article])

    def add(self, title: str, html: str, *, author: str = "Sanne de Wit") -> int:
        """Publish an article."""
        number = len(self.articles) + 101
        moment = START + dt.timedelta(days=number)
        self.articles[number] = Article(
            number=number, title=title, html=html, author=author, published_at=moment
        )
        return number

    def edit(self, number: int, html: str) -> None:
        """Change an article, with the engine's own date of it."""
        one = self.articles[number]
        edited = one.published_at + dt.timedelta(hours=2)
        self.articles[number] = replace(one, html=html, edited_at=edited)

    def pin(self, number: int) -> None:
        """Keep an article at the top."""
        self.articles[number] = replace(self.articles[number], is_pinned=True)

    def newest(self) -> list[Article]:
        """Return the articles as a list of the newest shows them."""
        return sorted(
            self.articles.values(), key=lambda one: (one.is_pinned, one.published_at), reverse=True
        )

    def application(self) -> web.Application:
        """Return what answers: the feed at its path, a page that links it at all others."""

        async def answer(request: web.Request) -> web.Response:
            path, kind, text = self.written(self)
            if request.path == path:
                return web.Response(text=text, content_type=kind)
            head = (
                '<link rel="alternate" type="application/rss+xml" title="Reacties"'
                f' href="/comments/feed/"/><link rel="alternate" type="{kind}" href="{path}"/>'
            )
            return web.Response(text=f"<html><head>{head}</head></html>", content_type="text/html")

        application = web.Application()
        application.router.add_get("/{path:.*}", answer)
        return application


def wordpress(engine: Engine) -> tuple[str, str, str]:
    """Write RSS as WordPress 6 does: an excerpt, the whole text, a guid that is no address."""
    rows = "".join(_wordpress_item(engine.host, one) for one in engine.newest()[:10])
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"\n'
        '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
        '\txmlns:wfw="http://wellformedweb.org/CommentAPI/"\n'
        '\txmlns:dc="http://purl.org/dc/elements/1.1/"\n'
        '\txmlns:atom="http://www.w3.org/2005/Atom"\n'
        '\txmlns:sy="http://purl.org/rss/1.0/modules/syndication/"\n'
        '\txmlns:slash="http://purl.org/rss/1.0/modules/slash/"\n\t>\n\n<channel>\n'
        "\t<title>Gemeenten &#8211; nieuws</title>\n"
        f'\t<atom:link href="http://{engine.host}/feed/" rel="self" type="application/rss+xml" />\n'
        f"\t<link>http://{engine.host}/</link>\n\t<description></description>\n"
        "\t<language>nl-NL</language>\n\t<sy:updatePeriod>hourly</sy:updatePeriod>\n"
        f"\t<generator>https://wordpress.org/?v=6.8.1</generator>\n{rows}</channel>\n</rss>\n"
    )
    return "/feed/", "application/rss+xml", text


def _wordpress_item(host: str, one: Article) -> str:
    tags = "".join(f"\t\t<category><![CDATA[{tag}]]></category>\n" for tag in one.tags)
    link = f"http://{host}/{one.slug}/"
    return (
        f"\t<item>\n\t\t<title>{escape(one.title, quote=False)}</title>\n"
        f"\t\t<link>{link}</link>\n\t\t<comments>{link}#respond</comments>\n"
        f"\t\t<dc:creator><![CDATA[{one.author}]]></dc:creator>\n"
        f"\t\t<pubDate>{email.utils.format_datetime(one.published_at)}</pubDate>\n{tags}"
        f'\t\t<guid isPermaLink="false">http://{host}/?p={one.number}</guid>\n\n'
        "\t\t<description><![CDATA[Het begin van het bericht [&#8230;]]]></description>\n"
        f"\t\t<content:encoded><![CDATA[{one.html}]]></content:encoded>\n"
        f"\t\t<wfw:commentRss>{link}feed/</wfw:commentRss>\n"
        f"\t\t<slash:comments>{one.comments}</slash:comments>\n\t</item>\n"
    )


def discourse(engine: Engine) -> tuple[str, str, str]:
    """Write RSS as Discourse does: pinned topics first, a guid with the host and the number."""
    rows = "".join(_discourse_item(engine.host, one) for one in engine.newest()[:30])
    text = (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"'
        ' xmlns:discourse="http://www.discourse.org/" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n  <channel>\n'
        f"    <title>Overleg - Latest topics</title>\n    <link>http://{engine.host}/latest</link>\n"
        "    <description>Latest topics</description>\n"
        f'    <atom:link href="http://{engine.host}/latest.rss" rel="self"'
        ' type="application/rss+xml" />\n    <generator>Discourse</generator>\n'
        f"{rows}  </channel>\n</rss>\n"
    )
    return "/latest.rss", "application/rss+xml", text


def _discourse_item(host: str, one: Article) -> str:
    link = f"http://{host}/t/{one.slug}/{one.number}"
    more = (
        f'<p><small>1 post - 1 participant</small></p><p><a href="{link}">Read full topic</a></p>'
    )
    return (
        f"    <item>\n      <title>{escape(one.title)}</title>\n"
        f"      <dc:creator><![CDATA[{one.author}]]></dc:creator>\n"
        f"      <category>{escape(one.tags[0])}</category>\n"
        f"      <description><![CDATA[\n            {one.html}\n          {more}\n      ]]>"
        f"</description>\n      <link>{link}</link>\n"
        f"      <pubDate>{email.utils.format_datetime(one.published_at)}</pubDate>\n"
        f"      <discourse:topicPinned>{'Yes' if one.is_pinned else 'No'}</discourse:topicPinned>\n"
        f'      <guid isPermaLink="false">{host}-topic-{one.number}</guid>\n'
        f'      <source url="{link}.rss">{escape(one.title)}</source>\n    </item>\n'
    )


def static_blog(engine: Engine) -> tuple[str, str, str]:
    """Write Atom as Jekyll's feed plugin does: the address as id, dates with an offset."""
    rows = "".join(_static_entry(engine.host, one) for one in engine.newest()[:10])
    text = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" >'
        '<generator uri="https://jekyllrb.com/" version="4.3.3">Jekyll</generator>'
        f'<link href="http://{engine.host}/feed.xml" rel="self" type="application/atom+xml" />'
        f'<link href="http://{engine.host}/" rel="alternate" type="text/html" />'
        f"<updated>{START.isoformat()}</updated><id>http://{engine.host}/feed.xml</id>"
        f'<title type="html">Werkplaats</title>{rows}</feed>'
    )
    return "/feed.xml", "application/xml", text


def _static_entry(host: str, one: Article) -> str:
    link = f"http://{host}/{one.published_at:%Y/%m/%d}/{one.slug}.html"
    local = dt.timezone(dt.timedelta(hours=1))
    published = one.published_at.astimezone(local).isoformat()
    edited = (one.edited_at or one.published_at).astimezone(local).isoformat()
    tags = "".join(f'<category term="{escape(tag)}" />' for tag in one.tags)
    return (
        f'<entry><title type="html">{escape(escape(one.title))}</title>'
        f'<link href="{link}" rel="alternate" type="text/html" title="{escape(one.title)}" />'
        f"<published>{published}</published><updated>{edited}</updated>"
        f"<id>{link.removesuffix('.html')}</id>"
        f'<content type="html" xml:base="{link}"><![CDATA[{one.html}]]></content>'
        f"<author><name>{escape(one.author)}</name></author>{tags}"
        f'<summary type="html"><![CDATA[Het begin.]]></summary></entry>'
    )
