"""The form that orders a catalogue."""

from django import forms

from provning.web.forms import SubmittedForm


class OrderForm(SubmittedForm):
    """Which unit and term to write; both are shown, neither is typed."""

    unit = forms.UUIDField(widget=forms.HiddenInput)
    term = forms.CharField(widget=forms.HiddenInput, max_length=8)
