"""The only writes of deliveries, reminders of them, packages and disposal runs."""

from provning.archive.actions.disposing import dispose
from provning.archive.actions.packing import build_packages
from provning.archive.actions.preparing import prepare_delivery
from provning.archive.actions.reminding import remind_of_deliveries
from provning.archive.actions.steps import receive_delivery, return_delivery, send_delivery

__all__ = [
    "build_packages",
    "dispose",
    "prepare_delivery",
    "receive_delivery",
    "remind_of_deliveries",
    "return_delivery",
    "send_delivery",
]
