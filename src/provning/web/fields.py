"""Fields and inputs that forgive how something is written, and keep what was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from provning.kernel.swedish import MONTHS

ISO = re.compile(r"(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")
WORDS = re.compile(r"(\d{1,2})(?:\s*:?e)?\s+([a-zåäö]{3,})\.?\s+(\d{4})")
MONTHS_IN_YEAR = 12
UNREADABLE = _("Skriv datumet som 2026-11-12.")
MISSING = _("Datumet saknas. Skriv det som 2026-11-12.")


def read_day(text: str) -> date | None:
    """Read a day as people write it: 2026-11-12, 20261112, 12 november 2026, 13/11 2026.

    None when it cannot be read, also when day and month could be either way round (5/6 2026).
    """
    written = " ".join(text.strip().lower().split())
    if match := COMPACT.fullmatch(written) or ISO.fullmatch(written):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := DAY_FIRST.fullmatch(written):
        first, second = int(match[1]), int(match[2])
        certain = first > MONTHS_IN_YEAR or first == second
        return _day(int(match[3]), second, first) if certain else None
    if match := WORDS.fullmatch(written):
        months = [number for number, name in enumerate(MONTHS, 1) if name.startswith(match[2])]
        return _day(int(match[3]), months[0], int(match[1])) if len(months) == 1 else None
    return None


def _day(year: int, month: int, number: int) -> date | None:
    """Return the day, None when the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


class DayInput(forms.DateInput):
    """A date picker, which becomes a text input when it has to show something that is no date."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Write days as 2026-11-12."""
        super().__init__(attrs={"class": "w-date", **(attrs or {})}, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Keep what was typed visible: a date picker shows nothing for a text it cannot read."""
        context = super().get_context(name, value, attrs)
        typed = context["widget"]["value"]
        if typed and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed):
            context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """A day between two days, both included; what is wrong is said in Swedish with the limits.

    `first` and `last` are set on the form's instance of the field when they depend on a choice.
    """

    widget = DayInput

    def __init__(
        self, *, first: date | None = None, last: date | None = None, **kwargs: Any
    ) -> None:
        """Keep the limits; either may be open."""
        kwargs.setdefault("error_messages", {}).setdefault("required", MISSING)
        super().__init__(**kwargs)
        self.between(first, last)

    def between(self, first: date | None, last: date | None) -> None:
        """Set the limits, in the rule and in the date picker."""
        self.first, self.last = first, last
        for name, day in (("min", first), ("max", last)):
            if day:
                self.widget.attrs[name] = day.isoformat()

    def to_python(self, value: Any) -> date | None:
        """Read the day leniently."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        day = read_day(str(value))
        if day is None:
            raise ValidationError(UNREADABLE, code="date-format")
        return day

    def validate(self, value: Any) -> None:
        """Hold the day between the limits."""
        super().validate(value)
        too_early = value and self.first and value < self.first
        too_late = value and self.last and value > self.last
        if not too_early and not too_late:
            return
        raise ValidationError(self._limits(), code="date-limits")

    def _limits(self) -> str:
        if self.first and self.last:
            text = _("Ange en dag mellan {first} och {last}.")
        elif self.first:
            text = _("Ange en dag tidigast {first}.")
        else:
            text = _("Ange en dag senast {last}.")
        return str(text).format(first=self.first, last=self.last)


class DemandedField(forms.CharField):
    """Words that a rule demands and asks for with its law: not marked as optional."""

    demanded = True

    def __init__(self, **kwargs: Any) -> None:
        """Leave it to the rule to say what is missing."""
        super().__init__(required=False, **kwargs)


class DemandedDayField(DayField):
    """A day that a rule demands and asks for, with why: not marked as optional."""

    demanded = True

    def __init__(self, **kwargs: Any) -> None:
        """Leave it to the rule to say what is missing."""
        super().__init__(required=False, **kwargs)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a combobox holds: the text that was typed, and the key when an option was chosen."""

    text: str = ""
    key: str = ""

    def __bool__(self) -> bool:
        """Say whether there is anything at all."""
        return bool(self.text or self.key)


class ComboInput(forms.Widget):
    """A text input that our module turns into a combobox; without it, the text is looked up.

    The options come from `url` with `?q=` as the fragment `components/options.html`.
    """

    template_name = "components/combo.html"

    def __init__(self, url: str = "", attrs: dict[str, Any] | None = None) -> None:
        """Keep where the options come from; a form sets it when it is made."""
        super().__init__(attrs)
        self.url = url

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 # our templates, not Django's own
    ) -> SafeString:
        """Return the text input with the key hidden beside it."""
        chosen = value if isinstance(value, Chosen) else Chosen(str(value or ""))
        context = {
            "name": name,
            "url": self.url,
            "chosen": chosen,
            "attrs": flatatt({"class": "w-fill", **self.attrs, **(attrs or {})}),
        }
        return render_to_string(self.template_name, context)

    def value_from_datadict(
        self, data: Mapping[str, Any], _files: Mapping[str, Any], name: str
    ) -> Chosen:
        """Read the text, and the key that the module has put beside it."""
        return Chosen(str(data.get(name, "")).strip(), str(data.get(f"{name}_key", "")).strip())


class ComboField(forms.Field):
    """A choice among too many to list; cleans to `Chosen`, which the view looks up."""

    widget = ComboInput
    empty_values = [None, "", Chosen()]
