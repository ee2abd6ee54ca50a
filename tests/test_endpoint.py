import pytest
from pydantic import SecretStr

from checker.errors import EndpointError, SettingsError
from checker.model.endpoint import Endpoint

KEY = SecretStr("sk-test")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (None, "api.openai.com"),
        ("https://example.org/v1", "example.org"),
        ("https://example.org:8443/v1", "example.org:8443"),
        ("http://127.0.0.1:11434/v1", "127.0.0.1:11434"),
    ],
)
def test_the_host_is_shown(url, host):
    assert Endpoint(base_url=url).host == host


@pytest.mark.parametrize(
    "url", ["example.org/v1", "ftp://example.org", "https://", "https://[", "https://a:b/", "file:///x"]
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
        Endpoint(base_url=url)


def test_a_password_in_the_address_is_refused_and_not_shown():
    with pytest.raises(SettingsError, match="OPENAI_API_KEY") as raised:
        Endpoint(base_url="https://me:hunter2@example.org/v1")
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("host", ["example.org", "192.168.1.5", "localhost.example.org", "10.0.0.1"])
def test_a_key_does_not_travel_unencrypted(host):
    with pytest.raises(SettingsError, match=f"{host} would be sent the key .*https://, or --allow-http"):
        Endpoint(base_url=f"http://{host}/v1", api_key=KEY)


def test_a_key_may_travel_unencrypted_where_that_is_allowed():
    assert Endpoint(base_url="http://192.168.1.5/v1", api_key=KEY, allow_http=True).key() == "sk-test"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]", "a.localhost"])
def test_a_server_on_this_machine_needs_no_key_and_no_encryption(host):
    assert Endpoint(base_url=f"http://{host}:8080/v1").key() == "none"
    assert Endpoint(base_url=f"http://{host}:8080/v1", api_key=KEY).key() == "sk-test"


@pytest.mark.parametrize("key", [None, SecretStr("")])
def test_any_other_needs_a_key(key):
    with pytest.raises(EndpointError, match=r"example\.org needs a key: set OPENAI_API_KEY"):
        Endpoint(base_url="https://example.org/v1", api_key=key).key()


@pytest.mark.parametrize("key", ["sk-\ntest", "sk test", "sk-tést", "sk-test\n", "\tsk"])
def test_a_key_with_stray_characters_is_refused_and_not_shown(key):
    with pytest.raises(SettingsError, match="OPENAI_API_KEY holds") as raised:
        Endpoint(api_key=SecretStr(key))
    assert key not in str(raised.value)


def test_the_key_is_not_in_what_is_printed():
    assert "sk-test" not in repr(Endpoint(api_key=KEY))
