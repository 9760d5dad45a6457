import pytest

from ancam.web.secrets import SecretClosed, seal, unseal


def test_a_sealed_secret_is_not_readable_and_opens_again():
    sealed = seal("mật khẩu thư")

    assert "mật" not in sealed
    assert unseal(sealed) == "mật khẩu thư"


def test_an_older_key_still_opens_what_it_closed(settings):
    settings.ENCRYPTION_KEYS = ["a" * 40]
    sealed = seal("bí mật")

    settings.ENCRYPTION_KEYS = ["b" * 40, "a" * 40]

    assert unseal(sealed) == "bí mật"


def test_without_the_key_the_refusal_names_the_setting(settings):
    settings.ENCRYPTION_KEYS = ["a" * 40]
    sealed = seal("bí mật")
    settings.ENCRYPTION_KEYS = ["b" * 40]

    with pytest.raises(SecretClosed, match="ANCAM_ENCRYPTION_KEY"):
        unseal(sealed)
