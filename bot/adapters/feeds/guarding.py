"""Which addresses may be asked: public ones, by http(s), and what the operator allows besides.

Checked twice. Every address that is typed or redirected to, before it is asked; and every answer of
the name server, in the resolver of the very connection, so that a name that changes its mind in
between changes nothing.
"""

import ipaddress
import socket
from collections.abc import Collection
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.services.forum.feeds import FeedError, FeedProblem

LONGEST_ADDRESS: Final = 2_000
_WELL_KNOWN: Final = frozenset({80, 443})
_FIRST_FREE_PORT: Final = 1_024  # below it are services that are no websites (mail, FTP, SSH)

_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
# Networks that lead to an IPv4 address inside, or that `is_global` of older Pythons lets through.
_REFUSED: Final = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "198.18.0.0/15",
            "224.0.0.0/3",
            "::/96",  # IPv4-compatible, ::, ::1
            "::ffff:0:0/96",  # IPv4-mapped
            "64:ff9b::/96",  # NAT64
            "64:ff9b:1::/48",  # NAT64 within a network
            "100::/64",
            "2001::/23",  # Teredo, ORCHID, benchmarking
            "2002::/16",  # 6to4
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/9",  # link-local and the former site-local
            "ff00::/8",
        ),
    )
)


class PrivateAddressError(OSError):
    """A name leads to an address that may not be asked."""


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet."""
    try:
        ip: _Ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    refused = any(ip.version == network.version and ip in network for network in _REFUSED)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not refused


def checked(address: str | URL, *, private_hosts: Collection[str]) -> URL:
    """Return an address that may be asked.

    Raises:
        FeedError: NO_ADDRESS when it is none, PRIVATE_ADDRESS when it may not be asked.

    """
    url = _read(address)
    host = (url.host or "").rstrip(".")
    if url.scheme not in {"http", "https"} or not host or url.user or url.password:
        raise FeedError(FeedProblem.NO_ADDRESS)
    if host in private_hosts:
        return url
    port = url.port or 0
    if port not in _WELL_KNOWN and port < _FIRST_FREE_PORT:
        raise FeedError(FeedProblem.PRIVATE_ADDRESS)
    if _is_ip(host) and not is_public(host):
        raise FeedError(FeedProblem.PRIVATE_ADDRESS)
    return url


class GuardedResolver(AbstractResolver):
    """Resolves names, and gives their addresses only when every one of them may be asked."""

    def __init__(self, resolver: AbstractResolver, *, private_hosts: Collection[str]) -> None:
        self._resolver = resolver
        self._private_hosts = private_hosts

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a name.

        Raises:
            PrivateAddressError: when one of them is not public.

        """
        found = await self._resolver.resolve(host, port, family)
        if host.rstrip(".") not in self._private_hosts:
            for one in found:
                if not is_public(one["host"]):
                    raise PrivateAddressError(host)
        return found

    async def close(self) -> None:
        """Let go of the resolver within."""
        await self._resolver.close()


def _read(address: str | URL) -> URL:
    if isinstance(address, URL):
        return address
    if len(address) > LONGEST_ADDRESS:
        raise FeedError(FeedProblem.NO_ADDRESS)
    try:
        return URL(address)
    except (ValueError, UnicodeError) as error:
        raise FeedError(FeedProblem.NO_ADDRESS) from error


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
