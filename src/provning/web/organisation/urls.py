"""The addresses of the organisation."""

from django.urls import path

from provning.web.organisation import (
    calendars,
    closing,
    deciding,
    details,
    initials,
    listing,
    policies,
    staff,
    staff_member,
    structure,
)

app_name = "organisation"
urlpatterns = [
    path("", listing.overview, name="list"),
    path("ny-huvudman/", structure.new_organiser, name="new-organiser"),
    path("huvudman/<uuid:organiser_id>/", details.organiser, name="organiser"),
    path("huvudman/<uuid:organiser_id>/andra/", structure.organiser, name="change-organiser"),
    path("huvudman/<uuid:organiser_id>/ny-anordnare/", structure.new_provider, name="new-provider"),
    path("huvudman/<uuid:organiser_id>/regler/", policies.policies, name="policies"),
    path("huvudman/<uuid:organiser_id>/regler/andra/", deciding.decide, name="policy"),
    path("huvudman/<uuid:organiser_id>/regler/ta-tillbaka/", deciding.withdraw, name="withdraw"),
    path("anordnare/<uuid:provider_id>/", details.provider, name="provider"),
    path("anordnare/<uuid:provider_id>/andra/", structure.provider, name="change-provider"),
    path("anordnare/<uuid:provider_id>/betygsratt/", structure.right, name="grading-right"),
    path("anordnare/<uuid:provider_id>/ny-enhet/", structure.new_unit, name="new-unit"),
    path("anordnare/<uuid:provider_id>/terminstid/", calendars.calendar, name="calendar"),
    path("anordnare/<uuid:provider_id>/upphor/", closing.provider, name="end-provider"),
    path("enhet/<uuid:unit_id>/", details.unit, name="unit"),
    path("enhet/<uuid:unit_id>/andra/", structure.unit, name="change-unit"),
    path("enhet/<uuid:unit_id>/initialer/", initials.initials, name="initials"),
    path("enhet/<uuid:unit_id>/ny-tjanst/", staff.new, name="new-duty"),
    path("enhet/<uuid:unit_id>/tjanst/<uuid:duty_id>/sista-dag/", staff.end, name="end-duty"),
    path("personal/<uuid:staff_id>/", staff_member.person, name="staff-member"),
    path("enhet/<uuid:unit_id>/upphor/", closing.unit, name="end-unit"),
]
