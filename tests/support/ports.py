"""A port of this machine that nobody listens to."""

import socket


def free_port() -> int:
    """Return one; another process may take it before it is used, which is unlikely."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
