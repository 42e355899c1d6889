"""Questions by HTTP POST to a server elsewhere, through the proxy that the environment names, if it names one."""

from __future__ import annotations

import urllib.request  # what it reads of the environment; urllib3 reads nothing of it
from collections.abc import Mapping

import urllib3


def post(
    address: str, fields: Mapping[str, str], headers: Mapping[str, str], *, timeout: float, retries: urllib3.Retry
) -> urllib3.BaseHTTPResponse:
    """What a server answers to a form, read to its end. timeout: seconds without a byte.

    Raises urllib3.exceptions.HTTPError (MaxRetryError when retries are used up).
    """
    parts = urllib3.util.parse_url(address)
    proxy = urllib.request.getproxies().get(parts.scheme or "")
    direct = proxy is None or urllib.request.proxy_bypass(parts.netloc or "")
    pool = urllib3.PoolManager() if direct else urllib3.ProxyManager(str(proxy))
    with pool:
        return pool.request(
            "POST",
            address,
            fields=dict(fields),
            headers=dict(headers),
            encode_multipart=False,
            timeout=timeout,
            retries=retries,
        )


def reason(error: Exception) -> str:
    """Why nothing came, in the words of the innermost error."""
    while isinstance(getattr(error, "reason", None), Exception):
        error = error.reason  # type: ignore[attr-defined]
    return str(error) or type(error).__name__
