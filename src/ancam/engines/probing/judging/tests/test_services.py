import pytest

from ancam.engines.probing.facts import Banner, HostFacts, LoginAttempt, LoginResult, SshFacts
from ancam.engines.probing.judging.tests.facts_made import facts, page, said_of

NOT_SEEN = ("not-assessable", "not-seen")


def heard(port: int, service: str, text: str, **ports: list[int]) -> HostFacts:
    host = facts(open=[port], **ports)
    host.banners.append(Banner(port, service, text))
    return host


def ssh(**said) -> HostFacts:
    host = facts(open=[22])
    host.ssh.append(SshFacts(22, **{"version": "SSH-2.0-OpenSSH_9.6", **said}))
    return host


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (heard(23, "telnet", "(none) login:"), ("fail", "telnet_open")),
        (heard(9527, "telnet", "Password:"), ("fail", "telnet_open")),
        (facts(open=[23]), ("inconclusive", "")),
        (facts(closed=[23, 2323]), ("not-assessable", "not-offered")),
        (facts(closed=[2323], silent=[23]), ("not-assessable", "silent")),
    ],
)
def test_telnet(host, expected):
    assert said_of("CHK-TELNET-01", host) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BusyBox v1.16.1 built-in shell (ash)\n/ #", ("fail", "telnet_no_password")),
        ("[root@dvr ~]$", ("fail", "telnet_no_password")),
        ("Main menu\n1) Network\n2) Reboot\n> ", ("fail", "telnet_no_password")),
        ("1. Login", NOT_SEEN),
        ("dvr login:", NOT_SEEN),
    ],
)
def test_a_shell_without_a_login(text, expected):
    assert said_of("CHK-TELNET-02", heard(23, "telnet", text)) == expected


def test_no_telnet_no_shell():
    assert said_of("CHK-TELNET-02", facts(closed=[23])) == ("not-assessable", "not-offered")


def test_ftp():
    assert said_of("CHK-FTP-01", heard(21, "ftp", "Welcome")) == ("fail", "ftp_open")
    assert said_of("CHK-FTP-01", heard(21, "unknown", "hello")) == ("not-assessable", "unclear")


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        ([("CHK-FTP-02", LoginResult.ACCEPTED)], ("fail", "ftp_anonymous")),
        ([("CHK-FTP-02", LoginResult.REFUSED)], NOT_SEEN),
        ([("CHK-CRED-01", LoginResult.REFUSED)], ("not-assessable", "guess-went-elsewhere")),
        ([("CHK-FTP-02", LoginResult.ALREADY_SPENT)], ("not-assessable", "already-spent")),
        ([], ("not-assessable", "not-asked")),
    ],
)
def test_anonymous_ftp_shares_the_one_guess(attempts, expected):
    host = heard(21, "ftp", "Welcome")
    host.logins.extend(LoginAttempt(check, True, result, "anonymous") for check, result in attempts)

    assert said_of("CHK-FTP-02", host) == expected


def test_anonymous_ftp_without_ftp():
    host = facts(closed=[21])
    host.logins.append(LoginAttempt("CHK-FTP-02", True, LoginResult.ACCEPTED, "anonymous"))

    assert said_of("CHK-FTP-02", facts(closed=[21])) == ("not-assessable", "not-offered")
    assert said_of("CHK-FTP-02", host) == ("not-assessable", "not-offered")


def test_ssh_may_have_been_declared():
    assert said_of("CHK-SSH-01", ssh(), is_exposed=True) == ("inconclusive", "ssh_open")
    assert said_of("CHK-SSH-01", facts(closed=[22])) == ("not-assessable", "not-offered")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"version": "SSH-1.99-OpenSSH_3.6"}, ("fail", "ssh_weak_crypto")),
        ({"version": "SSH-2.0-dropbear_2014.63"}, ("fail", "ssh_weak_crypto")),
        ({"version": "SSH-2.0-dropbear_0.52"}, ("fail", "ssh_weak_crypto")),
        ({"version": "SSH-2.0-dropbear_2022.83"}, NOT_SEEN),
        (
            {"key_exchanges": ("diffie-hellman-group1-sha1", "kex-strict-s-v00@openssh.com")},
            ("fail", "ssh_weak_crypto"),
        ),
        ({"key_exchanges": ("curve25519-sha256", "diffie-hellman-group1-sha1")}, NOT_SEEN),
        ({"host_key_types": ("ssh-dss",)}, ("fail", "ssh_weak_crypto")),
        ({"ciphers": ("aes128-ctr", "arcfour256")}, ("fail", "ssh_weak_crypto")),
        ({"ciphers": ("aes128-ctr",), "host_key_types": ("ssh-ed25519",)}, NOT_SEEN),
    ],
)
def test_weak_ssh(said, expected):
    assert said_of("CHK-SSH-02", ssh(**said)) == expected


def test_no_ssh():
    assert said_of("CHK-SSH-02", facts(silent=[22])) == ("not-assessable", "silent")
    assert said_of("CHK-SSH-03", facts(silent=[22])) == ("not-assessable", "silent")
    assert said_of("CHK-SSH-03", ssh()) == ("not-assessable", "needs-fleet")


@pytest.mark.parametrize(
    ("check", "is_guess", "finding", "refused"),
    [
        ("CHK-SNMP-01", True, "snmp_public_community", "not-seen"),
        ("CHK-SNMP-02", False, "snmp_legacy_version", "silent"),
    ],
)
def test_snmp(check, is_guess, finding, refused):
    def after(result: LoginResult) -> HostFacts:
        host = facts()
        host.logins.append(LoginAttempt(check, is_guess, result, ""))
        return host

    assert said_of(check, after(LoginResult.ACCEPTED)) == ("fail", finding)
    assert said_of(check, after(LoginResult.REFUSED)) == ("not-assessable", refused)
    assert said_of(check, after(LoginResult.UNANSWERED)) == ("not-assessable", "silent")


def test_snmp_with_the_owners_account_needs_one():
    assert said_of("CHK-SNMP-02", facts()) == ("not-assessable", "needs-owner-account")


def test_adb():
    assert said_of("CHK-DBG-01", heard(5555, "adb", "AUTH")) == ("fail", "adb_open")
    assert said_of("CHK-DBG-01", facts(open=[5555])) == ("not-assessable", "unclear")
    assert said_of("CHK-DBG-01", heard(23, "telnet", "login:", closed=[5555])) == ("not-assessable", "not-offered")


def test_ports_for_debugging():
    assert said_of("CHK-DBG-02", facts(open=[9530])) == ("inconclusive", "debug_port_open")
    assert said_of("CHK-DBG-02", facts(closed=[9527, 9530])) == ("not-assessable", "not-offered")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (heard(1234, "unknown", "GDB server ready"), ("fail", "debug_port_open")),
        (facts(page("", port=8888, server="SimpleHTTP/0.6 Python/3.9"), open=[8888]), ("fail", "debug_port_open")),
        (facts(page("", port=8888, server="nginx"), open=[8888]), NOT_SEEN),
        (facts(page("", port=8888), open=[8888], silent=[1234]), ("not-assessable", "silent")),
        (facts(open=[2331]), ("not-assessable", "unclear")),
        (facts(closed=[1234]), ("not-assessable", "not-offered")),
    ],
)
def test_developers_ports(host, expected):
    assert said_of("CHK-DBG-03", host) == expected
