"""The only writes of catalogues: versions, copies, ordered jobs, documents and signatures."""

from provning.catalogues.actions.building import build_catalogue
from provning.catalogues.actions.copying import copy_catalogue
from provning.catalogues.actions.documents import store_document
from provning.catalogues.actions.electronic import (
    end_lost_signing,
    run_signing_order,
    sign_electronically,
)
from provning.catalogues.actions.orders import (
    end_lost_order,
    order_catalogue,
    run_catalogue_order,
)
from provning.catalogues.actions.sealing import SEALER, check_signatures, order_check
from provning.catalogues.actions.signing import (
    register_signature,
    register_signatures,
    withdraw_signature,
)

__all__ = [
    "SEALER",
    "build_catalogue",
    "check_signatures",
    "copy_catalogue",
    "end_lost_order",
    "end_lost_signing",
    "order_catalogue",
    "order_check",
    "register_signature",
    "register_signatures",
    "run_catalogue_order",
    "run_signing_order",
    "sign_electronically",
    "store_document",
    "withdraw_signature",
]
