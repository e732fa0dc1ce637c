"""Feeds from the web: fetched with care, made sound, cleaned."""

from bot.adapters.feeds.rules import WebRules
from bot.adapters.feeds.web_feeds import WebFeeds

__all__ = ["WebFeeds", "WebRules"]
