"""Typed reading of the environment. A wrong value is named with the values accepted and the line to add."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ancam.kit.errors import AnCamError

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


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


def env_secret(name: str, kept_in: Path) -> str:
    """Return a secret from `NAME`, the file named by `NAME_FILE`, or `kept_in`, where it is made (0600) if absent."""
    if value := os.environ.get(name, "").strip():
        return value
    if named := os.environ.get(f"{name}_FILE", "").strip():
        return _secret_in(Path(named), name)
    try:
        return _secret_in(kept_in, name)
    except SettingRefused:
        return _make_secret(kept_in)


def _secret_in(path: Path, name: str) -> str:
    try:
        value = path.read_text(encoding="utf-8").strip()
    except OSError as exc:
        accepted = "một tệp đọc được, chứa khóa"
        raise SettingRefused(name=f"{name}_FILE", found=path, accepted=accepted, line=f"{name}_FILE=/…/key") from exc
    if not value:
        accepted = "một tệp không rỗng"
        raise SettingRefused(name=f"{name}_FILE", found=path, accepted=accepted, line=f"{name}_FILE=/…/key")
    return value


def _make_secret(path: Path) -> str:
    """Keep a new secret. Two processes that start together agree: the first file wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


def database_from_url(url: str, sqlite_path: Path) -> dict[str, object]:
    """Return Django's settings of the database named by the URL; SQLite at `sqlite_path` when the URL is empty.

    SQLite waits 20 s for another writer and takes its lock when a transaction begins, so that two writers never
    meet in the middle.
    """
    parts = urlsplit(url)
    if parts.scheme in ("", "sqlite"):
        name = unquote(parts.path) or str(sqlite_path)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme not in ("postgresql", "postgres"):
        accepted = "sqlite:///đường-dẫn, postgresql://tên:mật-khẩu@máy:cổng/cơ-sở-dữ-liệu"
        line = "ANCAM_DATABASE_URL=postgresql://ancam:…@127.0.0.1:5432/ancam"
        raise SettingRefused(name="ANCAM_DATABASE_URL", found=parts.scheme + "://…", accepted=accepted, line=line)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or _socket_folder(parts.query),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _socket_folder(query: str) -> str:
    """Return the folder in `?host=/folder`, by which PostgreSQL is reached through a Unix socket."""
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == "host":
            return unquote(value)
    return ""


def email_from_url(url: str) -> dict[str, object]:
    """Return Django's mail settings for `smtp://user:password@host:port`, `smtps://…`, or `console:` when empty."""
    parts = urlsplit(url)
    if parts.scheme in ("", "console"):
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        line = "ANCAM_EMAIL_URL=smtp://thu:…@mail.example:587"
        accepted = "smtp://tên:mật-khẩu@máy:cổng, smtps://…"
        raise SettingRefused(name="ANCAM_EMAIL_URL", found=parts.scheme + ":…", accepted=accepted, line=line)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
    }
