"""A classic network's feeds, written as Ning writes them."""

import datetime as dt
import email.utils
from collections.abc import Iterable, Sequence
from html import escape

from tests.forum.content import Content, Logged, Store

ATOM = "application/atom+xml"
RSS = "application/rss+xml"
EXCERPT = 30  # characters of a reply's title in its topic's feed


def _iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def atom(
    entries: Iterable[Content],
    *,
    title: str,
    address: str,
    host: str,
    now: dt.datetime,
    titles: dict[str, str] | None = None,
) -> str:
    """Return an Atom feed: `updated` is now, an entry's the moment it was made."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>        <feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"            <title>{escape(title)}</title>\n"
        f'            <link rel="self" href="{escape(address)}"/>\n'
        f"            <updated>{_iso(now)[:19]}Z</updated>\n"
        f"            <id>{escape(address)}</id>\n"
        + "".join(_entry(one, host, (titles or {}).get(one.id, one.title)) for one in entries)
        + "            </feed>"
    )


def _entry(one: Content, host: str, title: str) -> str:
    date = one.published_at.date().isoformat()
    profile = one.author.replace(" ", "")
    return (
        "                <entry>\n"
        f"                    <title>{escape(title)}</title>\n"
        f'                    <link rel="alternate" href="http://{host}/xn/detail/{one.id}"/>\n'
        f"                    <id>tag:{host.partition(':')[0]},{date}:{one.id}</id>\n"
        f"                    <updated>{_iso(one.created_at)}</updated>\n"
        f"                    <author><name>{escape(one.author)}</name>"
        f"<uri>http://{host}/profile/{escape(profile)}</uri></author>\n"
        '                    <summary type="html">\n'
        f"                        {escape(one.html)}\n"
        "                    </summary>\n"
        "                </entry>\n"
    )


def excerpt(one: Content) -> str:
    """Return the title that Ning makes for a reply."""
    words = " ".join(_words(one.html))
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"


def _words(html: str) -> list[str]:
    plain, is_tag = "", False
    for one in html:
        is_tag = one == "<" or (is_tag and one != ">")
        plain += " " if is_tag or one == ">" else one
    return plain.split()


def activity(
    lines: Sequence[Logged], store: Store, *, title: str, host: str, now: dt.datetime
) -> str:
    """Return the activity as RSS: sentences, without author or content id."""
    stamp = email.utils.format_datetime(now)
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0"\n'
        '    xmlns:media="http://search.yahoo.com/mrss/"\n'
        '    xmlns:georss="http://www.w3.org/2003/01/geo/wgs84_pos#"\n    >\n    <channel>\n'
        f"<title>{escape(title)}</title><description></description>"
        f"<link>http://{host}</link><pubDate>{stamp}</pubDate>"
        f"<lastBuildDate>{stamp}</lastBuildDate>"
        + "".join(_item(line, store, host) for line in lines)
        + "</channel></rss>"
    )


def _item(line: Logged, store: Store, host: str) -> str:
    told = [store.contents[one] for one in line.about if one in store.contents]
    title, link, story = _story(line, told, store, host)
    return (
        f'<item><guid isPermaLink="false">{line.id}</guid><title>{escape(title)}</title>'
        f"<link>{escape(link)}</link><description>{escape(f'<div>{story}</div>')}</description>"
        f"<pubDate>{email.utils.format_datetime(line.at)}</pubDate></item>"
    )


def _story(line: Logged, told: list[Content], store: Store, host: str) -> tuple[str, str, str]:
    """Return title, link and description of a line."""
    profile = f"http://{host}/profile/{line.person.replace(' ', '')}?xg_source=activity"
    person = f'<a href="{profile}">{escape(line.person)}</a>'
    if not told:
        sentence = "is nu lid van het netwerk"
        return f"{line.person} {sentence}", profile, f"{person} {sentence}"
    if len(told) > 1:
        rows = "".join(f"<li>{_headline(one, host)}</li>" for one in told)
        more = '<a class="feed-more" href="#">20 more…</a>'
        return (
            f"{line.person} heeft blogberichten geplaatst",
            f"http://{host}/profiles/blog/list?user=x&xg_source=activity",
            f'{person} heeft blogberichten geplaatst<ul class="links">{rows}</ul>{more}',
        )
    (one,) = told
    if one.type == "Comment":
        return _comment(line, one, store.contents[one.parent or ""], person, host)
    more = f'<a class="continue-link" href="http://{host}{one.path}">Meer bekijken</a>'
    snippet = f'<div class="rich-excerpt">{excerpt(one)}&hellip;{more}</div>'
    return (
        f"{line.person} heeft een bijdrage geplaatst",
        f"http://{host}/xn/detail/{one.id}?xg_source=activity",
        f"{person} heeft een bijdrage geplaatst{_headline(one, host)}<div>{snippet}</div>",
    )


def _headline(one: Content, host: str) -> str:
    href = f"http://{host}/xn/detail/{one.id}?xg_source=activity"
    return f'<h3 class="feed-story-title"><a href="{href}">{escape(one.title)}</a></h3>'


def _comment(
    line: Logged, one: Content, parent: Content, person: str, host: str
) -> tuple[str, str, str]:
    page = f'<a href="http://{host}/xn/detail/{parent.id}">{escape(parent.title)}</a>'
    if parent.type == "Topic":
        link = f"http://{host}/xn/detail/{one.id}?xg_source=activity"
        sentence = "heeft geantwoord op de discussie"
        return f"{line.person} {sentence} {parent.title}", link, f"{person} {sentence} {page}"
    sentence = "heeft gereageerd op blogbijdrage"
    link = f"http://{host}{parent.path}?xg_source=activity&commentId={one.id.replace(':', '%3A')}"
    title = f"{line.person} {sentence} {parent.title} van {parent.author}"
    return title, link, f"{person} {sentence} {page} van {escape(parent.author)}"
