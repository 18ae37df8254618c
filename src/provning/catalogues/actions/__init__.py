"""The only writes of catalogues: a new version when something has changed, and ordered jobs."""

from provning.catalogues.actions.building import build_catalogue
from provning.catalogues.actions.orders import order_catalogue, run_catalogue_order

__all__ = ["build_catalogue", "order_catalogue", "run_catalogue_order"]
