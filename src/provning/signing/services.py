"""Which signing service the program uses: chosen by name, and never by accident."""

from pathlib import Path

from provning.signing.ports import Signer

LOCAL = "local"
SERVICES = (LOCAL,)


class UnknownServiceError(ValueError):
    """The setting names a signing service that does not exist."""


def known_service(name: str) -> str:
    """Return the name; raises `UnknownServiceError` for one that is not known."""
    if name not in SERVICES:
        message = f"PROVNING_SIGNING={name!r} is no signing service; known are {SERVICES}"
        raise UnknownServiceError(message)
    return name


def signing_service(name: str, folder: Path) -> Signer:
    """Return the service of the name; `folder` holds what the local one keeps."""
    known_service(name)
    # The library behind it takes half a second to load, which only who signs has to pay.
    from provning.signing.local import LocalSigner

    return LocalSigner(folder)
