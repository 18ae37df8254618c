"""The second step, showing anew who one is, and what waits meanwhile."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from provning.accounts.models import SignIn, User
from provning.accounts.queries import factors_of
from provning.web.forms import TOO_OFTEN, PasswordForm
from tests.builders import PASSWORD, account, recorded
from tests.support.identity_providers import Running, sign_in_at_node
from tests.support.second_step import code_of, with_app
from tests.web.identity.conftest import (
    EPPN,
    LOA2,
    LOA3,
    Configure,
    Traveller,
    node_entry,
)
from tests.web.integrity.visitor import Forms

pytestmark = pytest.mark.django_db
WHO = {"eduperson_principal_name": EPPN}


def first_step(client: Client, username: str = "lena", **fields: str) -> str:
    answer = client.post("/logga-in/", {"username": username, "password": PASSWORD} | fields)
    return answer.headers.get("Location", "")


class TestSecondStep:
    def test_whoever_has_an_app_is_in_only_after_its_code(self) -> None:
        user, client = account("lena"), Client()
        secret, _codes = with_app(user)
        assert first_step(client, next="/konto/") == "/logga-in/andra-steget/"
        assert client.get("/").status_code == 302
        assert client.session.get("_auth_user_id") is None
        with recorded() as events:
            wrong = client.post("/logga-in/andra-steget/", {"one_time_code": "1"})
            right = client.post("/logga-in/andra-steget/", {"one_time_code": code_of(secret)})
        assert events == ["factor_refused", "signed_in"]
        assert (wrong.status_code, "Koden stämmer inte" in wrong.content.decode()) == (422, True)
        assert right.headers["Location"] == "/konto/"
        assert client.session["assurance"]["factor"] is True

    def test_a_recovery_code_is_as_good_once(self) -> None:
        user = account("lena")
        _secret, [code, *_rest] = with_app(user)
        with recorded() as events:
            for expected in (302, 422):
                client = Client()
                first_step(client)
                answer = client.post("/logga-in/andra-steget/", {"one_time_code": code})
                assert answer.status_code == expected
        assert events == ["signed_in", "factor_refused"]

    def test_nobody_comes_to_the_second_step_without_the_first_or_too_late(self) -> None:
        with_app(account("lena"))
        assert Client().get("/logga-in/andra-steget/").headers["Location"] == "/logga-in/"
        client = Client()
        first_step(client)
        session = client.session
        session["halfway"] = session["halfway"] | {"at": session["halfway"]["at"] - 601}
        session.save()
        assert client.get("/logga-in/andra-steget/").headers["Location"] == "/logga-in/"

    def test_a_password_changed_between_the_steps_ends_the_way_in(self) -> None:
        user, client = account("lena"), Client()
        secret, _codes = with_app(user)
        first_step(client)
        user.set_password("ett helt annat lösenord")
        user.save()
        answer = client.post("/logga-in/andra-steget/", {"one_time_code": code_of(secret)})
        assert answer.headers["Location"] == "/logga-in/"
        assert client.session.get("_auth_user_id") is None

    def test_a_provider_that_vouches_for_little_is_followed_by_the_second_step(
        self, configure: Configure, node_idp: Running, traveller: Traveller, lena: User
    ) -> None:
        with_app(lena)
        configure(node_entry(node_idp))
        answer = traveller.client.get(sign_in_at_node(traveller.leave(), "l", WHO, LOA2))
        assert answer.headers["Location"] == "/logga-in/andra-steget/"
        answer = traveller.client.get(sign_in_at_node(traveller.leave(), "l", WHO, LOA3))
        assert answer.headers["Location"] == "/"


class TestLimits:
    def test_after_ten_wrong_passwords_the_right_one_waits_for_anybody(self) -> None:
        account("lena")
        for username in ("lena", "finns-inte"):
            for _each in range(10):
                page = Client().post("/logga-in/", {"username": username, "password": "fel"})
                assert "för många gånger" not in page.content.decode()
            page = Client().post("/logga-in/", {"username": username, "password": PASSWORD})
            assert (page.status_code, "för många gånger" in page.content.decode()) == (422, True)

    def test_signing_in_rightly_counts_as_no_try(self) -> None:
        account("lena")
        assert {first_step(Client()) for _each in range(12)} == {"/"}

    def test_a_form_takes_the_right_password_any_time_and_ten_wrong_ones(self) -> None:
        account("lena")
        client = Client()
        first_step(client)
        request: Any = client.get("/konto/").wsgi_request

        def tried(password: str) -> str:
            form = PasswordForm({"password": password}, request=request)
            return form.errors.as_text() or f"took {form.cleaned_data}"

        assert {tried(PASSWORD) for _each in range(12)} == {f"took {{'password': '{PASSWORD}'}}"}
        wrong = {tried("fel") for _each in range(10)}
        stops = [str(TOO_OFTEN) in each for each in (*wrong, tried(PASSWORD))]
        assert stops == [False, True]

    @pytest.mark.parametrize(("proxies", "stopped"), [(0, False), (1, True)])
    def test_the_address_behind_the_proxy_is_counted_and_a_made_up_one_is_not(
        self, proxies: int, stopped: bool, settings: Settings
    ) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        account("lena")

        def tried(number: int, sender: str, password: str) -> int:
            named = f"nobody-{number}" if password == "fel" else "lena"
            return (
                Client()
                .post(
                    "/logga-in/",
                    {"username": named, "password": password},
                    headers={"X-Forwarded-For": f"203.0.113.{number}, {sender}"},
                    REMOTE_ADDR="127.0.0.1" if proxies else f"198.51.100.{number}",
                )
                .status_code
            )

        for number in range(100):
            tried(number, "192.0.2.1", "fel")
        assert tried(101, "192.0.2.1", PASSWORD) == (422 if stopped else 302)
        assert tried(101, "192.0.2.2", PASSWORD) == 302


class TestReset:
    def test_the_page_says_the_same_whoever_is_asked_for(self) -> None:
        account("lena")
        User.objects.update(email="lena@sjostad.example")
        with recorded() as events:
            pages = [
                Client().post("/logga-in/glomt-losenord/", {"username": name}).content.decode()
                for name in ("lena", "finns-inte")
            ]
        assert events == ["password_reset_asked"]
        plain = [re.sub(r'name="(csrf\w+)" value="\w+"', "", each) for each in pages]
        assert plain[0] == plain[1]
        assert "Titta i din e-post" in plain[0]

    def test_the_links_secret_leaves_the_address_and_gives_a_new_password(self) -> None:
        from django.contrib.auth.tokens import default_token_generator
        from django.utils.http import urlsafe_base64_encode

        user, client = account("lena"), Client()
        code = urlsafe_base64_encode(str(user.pk).encode())
        token = default_token_generator.make_token(user)
        answer = client.get(f"/logga-in/nytt-losenord/{code}/{token}/")
        clean = f"/logga-in/nytt-losenord/{code}/valj/"
        assert answer.headers["Location"] == clean
        sent = {"new_password": "kort", "new_password_again": "kort"}
        assert client.post(clean, sent).status_code == 422
        sent = dict.fromkeys(sent, "fem gröna paraplyer")
        with recorded() as events:
            assert client.post(clean, sent).headers["Location"] == "/logga-in/"
            again = client.post(clean, sent)
        assert events == ["password_changed"]
        assert "Länken gäller inte" in again.content.decode()
        assert User.objects.get().check_password("fem gröna paraplyer")

    @pytest.mark.parametrize("code", ["x", "YQ", "MDAwMA"])
    def test_a_link_that_is_nobodys_meets_the_same_page(self, code: str) -> None:
        sent = dict.fromkeys(("new_password", "new_password_again"), "fem gröna paraplyer")
        page = Client().post(f"/logga-in/nytt-losenord/{code}/valj/", sent)
        assert "Länken gäller inte" in page.content.decode()


class TestLasting:
    def aged(self, client: Client, **seconds: int) -> None:
        session = client.session
        for name, back in seconds.items():
            session[name] = session[name] - back
        session.save()

    def test_a_sign_in_ends_unused_or_when_it_has_lasted_its_time(self) -> None:
        user = account("lena")
        for aged, status in (
            ({"seen_at": 59 * 60}, 200),
            ({"seen_at": 61 * 60}, 302),
            ({"began_at": 7 * 3600 + 3000}, 200),
            ({"began_at": 8 * 3600 + 1}, 302),
        ):
            client = Client()
            client.force_login(user)
            self.aged(client, **aged)
            assert client.get("/konto/").status_code == status

    def test_another_epoch_ends_the_session_at_its_next_request(self) -> None:
        user, client = account("lena"), Client()
        client.force_login(user)
        User.objects.update(session_epoch=1)
        assert client.get("/konto/").status_code == 302

    @pytest.mark.parametrize(
        ("asked", "said"),
        [("strong", "Det krävs för att besluta betyg"), ("password", "Här räcker lösenordet")],
    )
    def test_the_own_page_says_what_the_installation_asks(
        self, asked: str, said: str, settings: Settings
    ) -> None:
        settings.ASSURANCE = asked
        client = Client()
        client.force_login(account("lena"))
        assert said in client.get("/konto/").content.decode()

    def test_a_browser_is_called_what_people_call_it(self) -> None:
        account("lena")
        edge = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0"
        for told in (edge, "curl", ""):
            first_step(Client(HTTP_USER_AGENT=told))
        names = list(SignIn.objects.order_by("pk").values_list("user_agent", flat=True))
        assert names == ["Edge, Windows", "curl", ""]

    def test_nothing_that_may_have_to_be_typed_is_called_optional(self) -> None:
        client = Client()
        client.force_login(account("lena"))
        page = client.get("/bekrafta/?till=/konto/app/").content.decode()
        assert "Ditt lösenord</label>" in page

    def test_one_ends_ones_other_sign_ins_on_the_own_page(self) -> None:
        user, here, there = account("lena"), Client(), Client()
        here.force_login(user)
        there.force_login(user)
        page = here.get("/konto/").content.decode()
        [form] = [each for each in Forms(page).found if "/konto/inloggning/" in each.action]
        with recorded() as events:
            here.post(form.action)
        assert events == ["sessions_ended"]
        assert (here.get("/konto/").status_code, there.get("/konto/").status_code) == (200, 302)

    def test_whoever_signs_out_is_off_the_list(self) -> None:
        user, here, there = account("lena"), Client(), Client()
        here.force_login(user)
        there.force_login(user)
        there.post("/logga-ut/")
        page = here.get("/konto/").content.decode()
        assert [each for each in Forms(page).found if "/konto/inloggning/" in each.action] == []

    def test_another_password_keeps_this_sign_in_under_a_new_key_and_ends_the_rest(self) -> None:
        user, here, there = account("lena"), Client(), Client()
        here.force_login(user)
        there.force_login(user)
        before = here.cookies["provning_session"].value
        sent = dict.fromkeys(("new_password", "new_password_again"), "fem gröna paraplyer")
        with recorded() as events:
            assert here.post("/konto/losenord/", sent | {"password": "fel"}).status_code == 422
            here.post("/konto/losenord/", sent | {"password": PASSWORD})
        assert events == ["password_refused", "password_changed"]
        assert (here.get("/konto/").status_code, there.get("/konto/").status_code) == (200, 302)
        assert here.cookies["provning_session"].value != before

    def test_the_session_cookie_is_for_us_alone_and_no_page_of_ours_stands_in_a_frame(
        self,
    ) -> None:
        account("lena")
        client = Client()
        first_step(client)
        cookie = client.cookies["provning_session"]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        answer = Client().get("/logga-in/")
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


class TestFactorsOnTheOwnPage:
    def confirmed(self, client: Client, till: str) -> None:
        """Show anew who one is, on the way to a page."""
        assert client.get(till).headers["Location"] == f"/bekrafta/?till={till.replace('/', '%2F')}"
        client.get(f"/bekrafta/?till={till}")
        answer = client.post("/bekrafta/har/", {"password": PASSWORD})
        assert answer.headers["Location"] == till

    def test_an_app_is_added_after_the_password_and_makes_the_sign_in_stronger(self) -> None:
        user, client = account("lena"), Client()
        client.force_login(user)
        self.confirmed(client, "/konto/app/")
        page = client.get("/konto/app/").content.decode()
        shown = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
        assert shown
        secret = shown[1].replace(" ", "")
        with recorded() as events:
            answer = client.post("/konto/app/", {"one_time_code": code_of(secret)})
        assert events == ["factor_added"]
        codes = re.findall(r"<code>(\d{8})</code>", answer.content.decode())
        assert (len(codes), [each.kind for each in factors_of(user.pk)]) == (10, ["totp"])
        assert client.session["assurance"]["factor"] is True

    def test_who_has_a_password_alone_gets_the_first_step_where_more_is_asked(
        self, settings: Settings
    ) -> None:
        client = Client()
        client.force_login(account("lena"))
        settings.ASSURANCE = "strong"
        page = client.get("/bekrafta/?till=/konto/app/", follow=True).content.decode()
        assert "Bekräfta med lösenordet" in page
        self.confirmed(client, "/konto/app/")
        assert client.get("/konto/app/").status_code == 200
        page = client.get("/bekrafta/?till=/grupper/", follow=True).content.decode()
        assert "Bekräfta med lösenordet" not in page

    def test_a_sign_in_that_is_older_than_the_second_step_changes_nothing(self) -> None:
        """Whoever knows the password was in already when the owner added an app."""
        user, client = account("lena"), Client()
        client.force_login(user)
        secret, _codes = with_app(user)
        [factor] = factors_of(user.pk)
        take_away = f"/konto/steg/{factor.id}/ta-bort/"
        for path in ("/konto/app/", "/konto/nyckel/", "/konto/", "/konto/losenord/"):
            page = client.get(f"/bekrafta/?till={path}").content.decode()
            assert "Bekräfta med lösenordet" not in page
            client.post("/bekrafta/har/", {"password": PASSWORD})
            new = {"password": PASSWORD, "new_password": "x" * 20, "again": "x" * 20}
            changing = (path, take_away, "/konto/koder/")
            answers = [client.post(each, new).headers.get("Location", "") for each in changing[1:]]
            assert [each.startswith("/bekrafta/") for each in answers] == [True, True]
            if path != "/konto/":
                assert client.post(path, new).headers["Location"].startswith("/bekrafta/")
        assert [each.id for each in factors_of(user.pk)] == [factor.id]
        assert User.objects.get(pk=user.pk).check_password(PASSWORD)
        client.get("/bekrafta/?till=/konto/")
        client.post("/bekrafta/har/", {"one_time_code": code_of(secret)})
        assert client.post(take_away).headers["Location"] == "/konto/"

    def test_a_factor_is_not_taken_away_without_showing_anew_who_one_is(self) -> None:
        user, client = account("lena"), Client()
        secret, _codes = with_app(user)
        client.force_login(user)
        [factor] = factors_of(user.pk)
        address = f"/konto/steg/{factor.id}/ta-bort/"
        assert client.post(address).headers["Location"].startswith("/bekrafta/")
        assert len(factors_of(user.pk)) == 1
        client.get("/bekrafta/?till=/konto/")
        with recorded() as events:
            client.post("/bekrafta/har/", {"one_time_code": code_of(secret)})
            page = client.post("/konto/koder/").content.decode()
            client.post(address)
        assert events == ["stepped_up", "factor_added", "factor_removed"]
        assert (len(re.findall(r"<code>(\d{8})</code>", page)), factors_of(user.pk)) == (10, [])
