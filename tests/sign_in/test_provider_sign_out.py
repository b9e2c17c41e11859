"""Signing out also ends the provider's session, if it supports that."""

from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.support.lying_provider import lying_provider
from tests.support.sign_in_steps import HOME, Configure, signed_in, start
from tests.support.strict_provider import StrictProvider, Visitor
from tracker.cookies import cookie_name
from tracker.db import anonymous
from tracker.models import UserSession
from tracker.settings import settings

SAME_ORIGIN = {"Origin": HOME}


def sign_out(ours: TestClient) -> str:
    """Sign out; return the address it leads to."""
    answer = ours.post("/auth/sign-out", headers=SAME_ORIGIN)
    assert cookie_name() not in ours.cookies
    if answer.status_code == 303:
        return answer.headers["location"]
    assert answer.status_code == 200
    assert answer.headers["referrer-policy"] == "no-referrer"
    return unescape(answer.text.partition("url=")[2].partition('">')[0])


def test_sign_out_leads_to_the_provider_with_its_parameters(ours: TestClient, strict: StrictProvider) -> None:
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    address = urlsplit(sign_out(ours))
    assert f"{address.scheme}://{address.netloc}" == strict.issuer
    query = parse_qs(address.query)
    assert query["client_id"] == ["pursuit"]
    assert query["post_logout_redirect_uri"] == [f"{HOME}/sign-in"]
    assert query["id_token_hint"][0].count(".") == 2


def test_the_id_token_is_stored_only_encrypted(ours: TestClient) -> None:
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    me = signed_in(ours)
    assert me
    with anonymous() as session:
        (hint,) = session.scalars(
            UserSession.__table__.select()
            .with_only_columns(UserSession.logout_hint)
            .where(UserSession.id == me.session_id)  # type: ignore[attr-defined, arg-type]
        )
    assert len(hint) > 300
    assert "eyJ" not in hint[:10]
    assert hint not in sign_out(ours)


def test_the_operator_may_leave_the_providers_session_alone(ours: TestClient, configure: Configure) -> None:
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    configure(OIDC_SIGN_OUT="here")
    assert sign_out(ours) == "/sign-in"


@pytest.mark.parametrize(
    "endpoint", [None, "", 7, "http://evil.example/out", "javascript:alert(1)", '"><script>']
)
def test_without_a_safe_logout_address_sign_out_ends_locally(configure: Configure, endpoint: object) -> None:
    with lying_provider() as liar:
        liar.document = {"end_session_endpoint": endpoint}
        ours = configure(OIDC_ISSUER=liar.issuer, OIDC_CLIENT_ID="pursuit", OIDC_CLIENT_SECRET="a secret")
        ours.get(liar.callback(start(ours)))
        assert sign_out(ours) == "/sign-in"


def test_a_query_in_the_address_stays(configure: Configure) -> None:
    with lying_provider() as liar:
        liar.document = {"end_session_endpoint": f"{liar.issuer}/out?tenant=%22a%22"}
        ours = configure(OIDC_ISSUER=liar.issuer, OIDC_CLIENT_ID="pursuit", OIDC_CLIENT_SECRET="a secret")
        ours.get(liar.callback(start(ours)))
        assert sign_out(ours).startswith(f"{liar.issuer}/out?tenant=%22a%22&client_id=pursuit&")


def test_an_unavailable_provider_does_not_prevent_signing_out(configure: Configure) -> None:
    with lying_provider() as liar:
        liar.document = {"end_session_endpoint": f"{liar.issuer}/out"}
        ours = configure(OIDC_ISSUER=liar.issuer, OIDC_CLIENT_ID="pursuit", OIDC_CLIENT_SECRET="a secret")
        ours.get(liar.callback(start(ours)))
    configure(OIDC_ISSUER=liar.issuer)
    assert sign_out(ours) == "/sign-in"


def test_sign_in_works_without_a_secret_to_encrypt_the_hint(
    ours: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no folder").touch()
    monkeypatch.delenv("PURSUIT_SECRET")
    monkeypatch.setenv("PURSUIT_DATA_DIR", str(tmp_path / "no folder"))
    settings.cache_clear()
    ours.get(Visitor("alice").sign_in(start(ours), HOME))
    assert signed_in(ours)
    assert "id_token_hint" not in sign_out(ours)


def test_a_client_without_a_session_is_not_sent_to_the_provider(ours: TestClient) -> None:
    assert sign_out(ours) == "/sign-in"
