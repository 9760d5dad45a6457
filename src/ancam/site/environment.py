"""Typed reading of the environment. A wrong value is named with the values accepted and the line to add."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from ancam.kit.errors import AnCamError

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
KEPT_SECRET_LEAST = 32
_QUERY_KEYS = ("host", "sslmode", "sslrootcert")


class SettingRefused(AnCamError):
    """A setting has a value that cannot be used. Values: `name`, `found`, `accepted`, `line`."""

    what = "Thiết lập {name} đang là “{found}”, không dùng được"
    ground = "chấp nhận: {accepted}"
    next_step = "Đề nghị đặt: {line}"


def env_text(name: str, default: str, *, choices: tuple[str, ...] = ()) -> str:
    """Return the setting, or the default when it is unset or empty; refuse a value outside `choices`."""
    value = os.environ.get(name, "").strip() or default
    if choices and value not in choices:
        raise SettingRefused(name=name, found=value, accepted=", ".join(choices), line=f"{name}={choices[0]}")
    return value


def env_int(name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number between `least` and `most`."""
    value = env_text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingRefused(name=name, found=value, accepted=f"số từ {least} đến {most}", line=f"{name}={default}")
    return int(value)


def env_bool(name: str, default: bool) -> bool:
    """Return true for 1, true, yes, on and false for 0, false, no, off."""
    value = env_text(name, str(default)).lower()
    if value not in _TRUE | _FALSE:
        accepted = "1, true, yes, on, 0, false, no, off"
        raise SettingRefused(name=name, found=value, accepted=accepted, line=f"{name}={int(default)}")
    return value in _TRUE


def env_list(name: str, default: str) -> list[str]:
    """Return a comma-separated setting as its non-empty parts."""
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_choices(name: str, default: str, *, choices: tuple[str, ...]) -> frozenset[str]:
    """Return a comma-separated setting as a set; refuse a part that is not among `choices`."""
    found = frozenset(env_list(name, default))
    if found - set(choices):
        line = f"{name}={','.join(choices[:1])}"
        raise SettingRefused(name=name, found=", ".join(sorted(found)), accepted=", ".join(choices), line=line)
    return found


def env_folder(name: str, default: Path) -> Path:
    """Return a folder as an absolute path, made (0700) if absent; refuse one that cannot be written to."""
    folder = Path(env_text(name, str(default))).expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        accepted = "một thư mục mà tài khoản đang chạy ghi được"
        raise SettingRefused(name=name, found=folder, accepted=accepted, line=f"{name}=/đường-dẫn/ghi-được")
    return folder


def private_folder(path: Path) -> Path:
    """Return the folder, made if absent, that only this account may open."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def env_readable_folder(name: str) -> str:
    """Return the path of a folder that can be read, or an empty string when the setting is unset."""
    path = env_text(name, "")
    if path and not (Path(path).is_dir() and os.access(path, os.R_OK | os.X_OK)):
        raise SettingRefused(name=name, found=path, accepted="một thư mục đọc được", line=f"{name}=/đường-dẫn/thư-mục")
    return path


def env_file(name: str) -> str:
    """Return the path of a file that can be read, or an empty string when the setting is unset."""
    path = env_text(name, "")
    if path and not (Path(path).is_file() and os.access(path, os.R_OK)):
        raise SettingRefused(name=name, found=path, accepted="một tệp đọc được", line=f"{name}=/đường-dẫn/tệp.pem")
    return path


def require_both(
    name: str, value: str, other_name: str, other_value: str, *, example: str = "/đường-dẫn/tệp.pem"
) -> None:
    """Raise `SettingRefused` when one of two settings is given without the other."""
    if bool(value) == bool(other_value):
        return
    missing = other_name if value else name
    accepted = f"đặt cả {name} và {other_name}, hoặc không đặt cả hai"
    raise SettingRefused(name=missing, found="", accepted=accepted, line=f"{missing}={example}")


def host_in_address(host: str) -> str:
    """Return the host as it stands in an address: an IPv6 one in brackets."""
    return f"[{host}]" if ":" in host else host


def env_address(name: str, default: str) -> str:
    """Return the address of a site, `https://name[:port]` or http, without a slash at its end."""
    value = env_text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        beyond = parts.path or parts.query or parts.fragment or parts.username or parts.password
        fits = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0 and not beyond
    except ValueError:
        fits = False
    if not fits or not value.isprintable() or " " in value:
        line = f"{name}=https://ancam.tinh.gov.vn"
        raise SettingRefused(name=name, found=value, accepted="https://tên hoặc https://tên:cổng", line=line)
    return value


def reached_at(names: list[str], host: str, port: int, *, has_tls: bool, is_behind: bool) -> str:
    """Return the address that browsers use as far as other settings tell: the first name, else what is listened on."""
    whole = (name for name in names if not name.startswith((".", "*")))
    listening = "127.0.0.1" if host in ("0.0.0.0", "::") else host_in_address(host)  # noqa: S104 - compared
    name = next(whole, listening)
    if is_behind:
        return f"https://{name}"
    scheme, usual = ("https", 443) if has_tls else ("http", 80)
    return f"{scheme}://{name}" if port == usual else f"{scheme}://{name}:{port}"


def env_secret(name: str, kept_in: Path) -> str:
    """Return a secret from `NAME`, the file named by `NAME_FILE`, or `kept_in`, where it is made (0600) if absent."""
    if value := os.environ.get(name, "").strip():
        return value
    if named := os.environ.get(f"{name}_FILE", "").strip():
        return _secret_in(Path(named), name, least=1)
    try:
        if not kept_in.exists():
            _make_secret(kept_in)
    except OSError as exc:
        raise _secret_refused(kept_in, name, "một thư mục ghi được để giữ khóa") from exc
    return _secret_in(kept_in, name, least=KEPT_SECRET_LEAST)


def _secret_in(path: Path, name: str, *, least: int) -> str:
    try:
        value = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise _secret_refused(path, name, "một tệp đọc được, chứa khóa") from exc
    if len(value) < least:
        raise _secret_refused(path, name, f"một tệp chứa khóa dài từ {least} ký tự")
    return value


def env_given_secret(name: str) -> str:
    """Return a secret that others made, from `NAME` or the file named by `NAME_FILE`; empty when neither is set."""
    if value := os.environ.get(name, "").strip():
        return value
    named = os.environ.get(f"{name}_FILE", "").strip()
    return _secret_in(Path(named), name, least=1) if named else ""


def env_issuer(name: str) -> str:
    """Return the https address of a provider of sign-in, or empty; plain http only on this machine itself."""
    value = env_text(name, "").rstrip("/")
    try:
        parts = urlsplit(value)
        is_near = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        fits = bool(parts.hostname) and (parts.scheme == "https" or is_near) and not (parts.query or parts.fragment)
    except ValueError:
        fits = False
    if value and not fits:
        line = f"{name}=https://dang-nhap.tinh.gov.vn/realms/can-bo"
        raise SettingRefused(name=name, found=value, accepted="https://máy/đường-dẫn", line=line)
    return value


def _secret_refused(path: Path, name: str, accepted: str) -> SettingRefused:
    line = f"{name}_FILE=/đường-dẫn/khóa, hoặc xóa tệp khóa hỏng trong thư mục dữ liệu để AnCam tạo khóa mới"
    return SettingRefused(name=f"{name}_FILE", found=path, accepted=accepted, line=line)


def _make_secret(path: Path) -> None:
    """Keep a new secret, whole or not at all. Two processes that start together agree: the first file wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(temporary)
    finally:
        Path(temporary).unlink(missing_ok=True)


def database_from_url(url: str, sqlite_path: Path) -> dict[str, object]:
    """Return Django's settings of the database named by the URL; SQLite at `sqlite_path` when the URL is empty.

    SQLite waits 20 s for another writer and takes its lock when a transaction begins, so that two writers never
    meet in the middle.
    """
    try:
        parts = urlsplit(url)
        if not url or parts.scheme == "sqlite":
            return _sqlite(unquote(parts.path) or str(sqlite_path))
        return _postgresql(parts)
    except ValueError:
        # Neither the URL nor the library's own words for it are told: either may hold the password.
        accepted = (
            "sqlite:///đường-dẫn, postgresql://tên:mật-khẩu@máy:cổng/cơ-sở-dữ-liệu, "
            f"thêm được {', '.join(_QUERY_KEYS)} sau dấu “?”; ký tự / ? # @ : % trong mật khẩu viết thành %2F %3F %23 "
            "%40 %3A %25"
        )
        line = "ANCAM_DATABASE_URL=postgresql://ancam:…@127.0.0.1:5432/ancam"
        raise SettingRefused(name="ANCAM_DATABASE_URL", found="…", accepted=accepted, line=line) from None


def _sqlite(path: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, object]:
    """Return the settings of a PostgreSQL address; raise `ValueError` for one that is not clearly that."""
    name = parts.path.removeprefix("/")
    query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    # A sign of the password left as it is ends the host early, and the rest shows up here.
    is_torn = bool(parts.fragment) or "@" in name or "/" in name or parts.netloc.count("@") > 1
    if parts.scheme not in ("postgresql", "postgres") or is_torn or set(query) - set(_QUERY_KEYS):
        raise ValueError
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # `?host=/folder` reaches the server through a Unix socket.
        "HOST": unquote(parts.hostname or "") or query.get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: value for key, value in query.items() if key != "host"},
    }


def email_from_url(url: str) -> dict[str, object]:
    """Return Django's mail settings for `smtp://user:password@host:port`, `smtps://…`, or `console:` when empty."""
    try:
        return _mail(urlsplit(url))
    except ValueError:
        line = "ANCAM_EMAIL_URL=smtp://thu:…@mail.example:587"
        accepted = "smtp://tên:mật-khẩu@máy:cổng, smtps://…"
        raise SettingRefused(name="ANCAM_EMAIL_URL", found="…", accepted=accepted, line=line) from None


def _mail(parts: SplitResult) -> dict[str, object]:
    """Return the settings of a mail address; raise `ValueError` for one that names no server."""
    if parts.scheme in ("", "console"):
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
        raise ValueError
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
    }


def sender_of(mail: dict[str, object]) -> str:
    """Return the address that mails come from when none is set: the user's, else one at the server that sends."""
    user = str(mail.get("EMAIL_HOST_USER", ""))
    return user if "@" in user else f"ancam@{mail.get('EMAIL_HOST', 'localhost')}"
