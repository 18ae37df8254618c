"""What somebody's role is called where the logs tell who did a thing."""

from django.utils.translation import gettext as _

from provning.accounts.queries import role_names


def role_word(code: str) -> str:
    """Return the name of a role by its code; a program's word for itself stays as it is."""
    name = role_names(None).get(code)
    return _(name) if name else code
