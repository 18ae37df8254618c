"""The list of what carries a protected person, on screen."""

from django.test import Client

from provning.catalogues.models import GradeCatalogue
from provning.kernel.actors import Scope, ScopeKind
from provning.privacy.models import Carrier
from tests import builders
from tests.archive.world import Shelf
from tests.privacy.test_carriers import build_papers, protect, somebody
from tests.support.kept import kept

papers = kept(build_papers)


def test_the_screen_shows_what_is_left_and_takes_what_is_done(papers: Shelf) -> None:
    person = somebody()
    protect(person)
    client = Client()
    scope = Scope(ScopeKind.ORGANISER, papers.graded.town.organiser.pk)
    client.force_login(builders.account("vux", "adult_education_centre", scope))
    person.refresh_from_db()
    listed = client.get("/skydd/").content.decode()
    assert str(person.case_number) in listed
    address = f"/skydd/{person.pk}/"
    html = client.get(address).content.decode()
    assert GradeCatalogue.objects.get().document_id in html
    assert (person.family_name in html, person.family_name in listed) == (False, False)
    refused = client.post(address, {"note": "", "carrier": "x"})
    assert refused.status_code == 422
    key = Carrier.objects.filter(person=person, kind="catalogue").get().pk
    client.post(address, {"note": "Lagt i eget omslag", "carrier": str(key)})
    assert "Lagt i eget omslag" in client.get(address).content.decode()
