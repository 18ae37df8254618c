"""Begäran: asking Vuxenutbildningscentrum to register and place somebody, and answering it."""
