"""Hubs on the local network: one that listens there says so, and who looks for one hears of it (DNS-SD, RFC 6763).

Nothing secret is said: where the hub is, its workshop's title, the version of its messages. To come in takes the code.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

from zeroconf import Error, InterfaceChoice, IPVersion, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from shuro_tui.core.sheet import clean
from shuro_tui.hub.protocol import VERSION

SERVICE = "_shuro-tui._tcp.local."
LOOKING = 2.0
"""Seconds: two rounds of questions and answers on a network that loses one."""

_ANSWER = 1_000
"""Milliseconds for a hub to say where it is."""

_TITLE_AT_MOST = 200
"""Bytes of a title: what it is told in holds 255."""

logging.getLogger("zeroconf").setLevel(logging.CRITICAL)  # what it cannot do is told by what is found


class NotHeard(Exception):  # noqa: N818 - what happened, told to a person
    """There is no network here on which hubs could be heard."""


class Found(NamedTuple):
    """A hub. `title`: of its workshop."""

    title: str
    host: str
    port: int


async def announce(title: str, port: int, addresses: Sequence[str], interfaces: Sequence[str] = ()) -> None:
    """Say where a hub is until this is cancelled. A network on which that cannot be said is nobody's error.

    interfaces: addresses of those to say it on, all when there are none.
    """
    name = f"shuro-tui-{secrets.token_hex(4)}"
    with suppress(OSError, RuntimeError, Error):
        about = AsyncServiceInfo(
            SERVICE,
            f"{name}.{SERVICE}",
            port=port,
            parsed_addresses=list(addresses),
            properties={"title": _cut(title), "version": str(VERSION)},
            server=f"{name}.local.",
        )
        async with _speaking(interfaces) as speaking:
            await speaking.async_register_service(about)
            try:
                await asyncio.Event().wait()
            finally:
                await (await speaking.async_unregister_service(about))


def find(interfaces: Sequence[str] = (), seconds: float = LOOKING) -> list[Found]:
    """The hubs that answer within that time, by title. Raises NotHeard."""
    try:
        return asyncio.run(_find(interfaces, seconds))
    except (OSError, RuntimeError, Error) as error:
        raise NotHeard(str(error)) from error


async def _find(interfaces: Sequence[str], seconds: float) -> list[Found]:
    names: set[str] = set()

    def heard(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        del zeroconf, service_type
        (names.discard if state_change is ServiceStateChange.Removed else names.add)(name)

    async with _speaking(interfaces) as speaking:
        browser = AsyncServiceBrowser(speaking.zeroconf, SERVICE, handlers=[heard])
        await asyncio.sleep(seconds)
        told = [AsyncServiceInfo(SERVICE, name) for name in names]
        await asyncio.gather(*(about.async_request(speaking.zeroconf, _ANSWER) for about in told))
        await browser.async_cancel()
    return sorted(_found(about, host) for about in told for host in about.parsed_addresses(IPVersion.V4Only)[:1])


def _found(about: AsyncServiceInfo, host: str) -> Found:
    title = (about.properties.get(b"title") or b"").decode("utf-8", "replace")
    return Found(" ".join(clean(title).split()), host, about.port or 0)


@asynccontextmanager
async def _speaking(interfaces: Sequence[str]) -> AsyncIterator[AsyncZeroconf]:
    speaking = AsyncZeroconf(interfaces=list(interfaces) or InterfaceChoice.All, ip_version=IPVersion.V4Only)
    try:
        yield speaking
    finally:
        await speaking.async_close()


def _cut(title: str) -> str:
    return title.encode()[:_TITLE_AT_MOST].decode("utf-8", "ignore")
