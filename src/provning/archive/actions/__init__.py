"""The only writes of deliveries, packages and disposal runs."""

from provning.archive.actions.disposing import dispose
from provning.archive.actions.packing import build_packages
from provning.archive.actions.preparing import prepare_delivery
from provning.archive.actions.steps import receive_delivery, return_delivery, send_delivery

__all__ = [
    "build_packages",
    "dispose",
    "prepare_delivery",
    "receive_delivery",
    "return_delivery",
    "send_delivery",
]
