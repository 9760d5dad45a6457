"""Every setting, in one place. What an operator may change is read from the environment and documented beside it."""

from pathlib import Path

from csp.constants import NONE, SELF

from ancam import __version__
from ancam.kit.data_folder import default_data_folder
from ancam.site.environment import (
    database_from_url,
    email_from_url,
    env_address,
    env_bool,
    env_choices,
    env_file,
    env_folder,
    env_given_secret,
    env_int,
    env_issuer,
    env_list,
    env_readable_folder,
    env_secret,
    env_text,
    host_in_address,
    private_folder,
    reached_at,
    require_both,
    sender_of,
)

# --- what an operator may change ----------------------------------------------------------------

# ANCAM_DATA: the folder of the database, the files and the key. Default: the user's data folder.
DATA_FOLDER = env_folder("ANCAM_DATA", default_data_folder())

# ANCAM_HOST, ANCAM_PORT: where the web server listens. Default: 127.0.0.1, 8000.
HOST = env_text("ANCAM_HOST", "127.0.0.1")
PORT = env_int("ANCAM_PORT", 8000, least=1, most=65535)

# ANCAM_DATABASE_URL: postgresql://user:password@host:port/name. Default: SQLite in the data folder.
DATABASES = {"default": database_from_url(env_text("ANCAM_DATABASE_URL", ""), DATA_FOLDER / "ancam.sqlite3")}

# ANCAM_SECRET_KEY or ANCAM_SECRET_KEY_FILE. Default: made on first run, kept in the data folder (0600).
SECRET_KEY = env_secret("ANCAM_SECRET_KEY", DATA_FOLDER / "secret.key")

# ANCAM_ENCRYPTION_KEY or ANCAM_ENCRYPTION_KEY_FILE: what is kept secret in the database is encrypted with it.
# Several keys, separated by spaces or lines: the first encrypts, the others still open what they closed.
# Default: made on first run, kept in the data folder (0600).
ENCRYPTION_KEYS = env_secret("ANCAM_ENCRYPTION_KEY", DATA_FOLDER / "encryption.key").split()

# ANCAM_ALLOWED_HOSTS: names by which browsers reach this instance, comma-separated. Default: this machine only.
# This machine's own names and the address listened on always belong: the health page is asked there.
NAMES = env_list("ANCAM_ALLOWED_HOSTS", "")
ALLOWED_HOSTS = [*NAMES, "localhost", "127.0.0.1", "[::1]", host_in_address(HOST)]

# ANCAM_EMAIL_URL: smtp://user:password@host:port. Default: mail is printed, not sent.
MAIL = email_from_url(env_text("ANCAM_EMAIL_URL", ""))
globals().update(MAIL)
SENDS_MAIL = "EMAIL_HOST" in MAIL

# ANCAM_MAIL_FROM: who mails come from. Default: the user in ANCAM_EMAIL_URL if an address, else ancam@ its host.
DEFAULT_FROM_EMAIL = env_text("ANCAM_MAIL_FROM", sender_of(MAIL))

# ANCAM_MAIL_TIMEOUT_S: seconds after which a silent mail server is given up. Default: 10.
EMAIL_TIMEOUT = env_int("ANCAM_MAIL_TIMEOUT_S", 10, least=1, most=50)

# ANCAM_OIDC_ISSUER: the address of the OpenID Connect provider by which people may sign in. Default: none.
# ANCAM_OIDC_CLIENT_ID, ANCAM_OIDC_CLIENT_SECRET or ANCAM_OIDC_CLIENT_SECRET_FILE: as whom it knows this instance.
OIDC_ISSUER = env_issuer("ANCAM_OIDC_ISSUER")
OIDC_CLIENT_ID = env_text("ANCAM_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env_given_secret("ANCAM_OIDC_CLIENT_SECRET")
require_both("ANCAM_OIDC_ISSUER", OIDC_ISSUER, "ANCAM_OIDC_CLIENT_ID", OIDC_CLIENT_ID, example="…")

# ANCAM_OIDC_NAME: what people call the provider, on the sign-in page. Default: tài khoản dùng chung.
OIDC_NAME = env_text("ANCAM_OIDC_NAME", "tài khoản dùng chung")

# ANCAM_SAML_METADATA: the file with the metadata of the SAML provider by which people may sign in. Default: none.
# ANCAM_SAML_NAME: what people call it, on the sign-in page. Default: tài khoản SAML.
SAML_METADATA = env_file("ANCAM_SAML_METADATA")
SAML_NAME = env_text("ANCAM_SAML_NAME", "tài khoản SAML")

# ANCAM_TLS_CERT, ANCAM_TLS_KEY: the server speaks TLS itself when both name a file. Default: plain HTTP.
TLS_CERT = env_file("ANCAM_TLS_CERT")
TLS_KEY = env_file("ANCAM_TLS_KEY")
require_both("ANCAM_TLS_CERT", TLS_CERT, "ANCAM_TLS_KEY", TLS_KEY)

# ANCAM_BEHIND_TLS: true when a reverse proxy ends TLS and passes X-Forwarded-Proto. Default: false.
BEHIND_TLS = env_bool("ANCAM_BEHIND_TLS", False)

# ANCAM_PUBLIC_URL: the address that links in mails and handed-out links begin with; a browser's request never says it.
# Default: https or http, as TLS is set, at the first of ANCAM_ALLOWED_HOSTS, else where the server listens.
REACHED_AT = reached_at(NAMES, HOST, PORT, has_tls=bool(TLS_CERT), is_behind=BEHIND_TLS)
PUBLIC_URL = env_address("ANCAM_PUBLIC_URL", REACHED_AT)

# ANCAM_MAX_UPLOAD_MB: the largest file a person may send. Default: 30.
MAX_UPLOAD_BYTES = env_int("ANCAM_MAX_UPLOAD_MB", 30, least=1, most=1024) * 1_000_000

# ANCAM_SIGNATURE_ROOTS: the folder of the certificates (.crt, .cer, .pem, .der) to which those of signed papers must
# lead to be called trusted. Nothing is fetched from the network. Default: none, and no signature is called trusted.
SIGNATURE_ROOTS = env_readable_folder("ANCAM_SIGNATURE_ROOTS")

# ANCAM_SECOND_FACTOR_ROLES: roles, comma-separated, whose holders must set up a second factor before anything else.
# Default: none. For a province: administrator,auditor.
ROLES = ("administrator", "leader", "officer", "appraiser", "auditor", "reader")
SECOND_FACTOR_ROLES = env_choices("ANCAM_SECOND_FACTOR_ROLES", "", choices=ROLES)

# ANCAM_LANG: the language of the command line, vi or en. Default: vi.
COMMAND_LANGUAGE = env_text("ANCAM_LANG", "vi", choices=("vi", "en"))

# --- what is fixed -------------------------------------------------------------------------------

VERSION = __version__
DEBUG = False
SPEAKS_TLS = bool(TLS_CERT) or BEHIND_TLS

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "django_q",
    "django_tables2",
    "rules.apps.AutodiscoverRulesConfig",
    "ancam.web",
    "ancam.audit",
    "ancam.accounts",
    "ancam.papers",
    "ancam.notifications",
    "ancam.directives",
    "ancam.site",
]

MIDDLEWARE = [
    # What only adds headers stands first, so that every answer carries them: static files and refusals unread too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "ancam.web.privacy.BrowserHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ancam.web.privacy.NoStoreMiddleware",
    # Before all that may read a body.
    "ancam.web.bodies.BodyGuardMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ancam.web.rate_limits.RateLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ancam.accounts.language.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "ancam.accounts.devices.DeviceMiddleware",
    "ancam.accounts.second_factor.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
    "ancam.web.replies.RefusalMiddleware",
]

ROOT_URLCONF = "ancam.site.urls"
WSGI_APPLICATION = "ancam.site.wsgi.application"
SITE_FOLDER = Path(__file__).parent

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_FOLDER / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ancam.site.frame.frame",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "web/_table.html"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [SITE_FOLDER / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["ancam.site.formats"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Uploads never touch the store before they are read: they wait here, closed to others, and are unlinked when refused.
HOLDING_FOLDER = FILE_UPLOAD_TEMP_DIR = private_folder(DATA_FOLDER / "holding")
STORE_FOLDER = private_folder(DATA_FOLDER / "files")
FILE_UPLOAD_HANDLERS = ["ancam.web.uploads.HoldingUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- who is who ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "ancam.accounts.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "ancam.accounts.sign_in.SignInForm",
    "change_password": "ancam.accounts.sign_in.PasswordChangeForm",
    "reauthenticate": "ancam.accounts.sign_in.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "ancam.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Lockout is kept by axes in the database, where every process sees it; allauth's own counter lives in one process.
ACCOUNT_RATE_LIMITS = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "ancam.accounts.sign_in.attempted_email"
AXES_CLIENT_IP_CALLABLE = "ancam.web.addresses.counted_address"
# What was typed by mistake may be one letter from what is right: axes keeps stars of it.
AXES_SENSITIVE_PARAMETERS = ["code", "credential", "oldpassword", "password1", "password2", "csrfmiddlewaretoken"]
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- what browsers are told ----------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # the style sheet draws its tick marks and arrows from data: images
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
# A camera's platform has no use for the camera of who looks at it.
PERMISSIONS_REFUSED = (
    "accelerometer",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = False  # the server listens on one port; what speaks TLS there speaks nothing else
SECURE_HSTS_SECONDS = 31_536_000 if SPEAKS_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SPEAKS_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "ancam.web.replies.csrf_refused"

# How often one person, or one address that has not signed in, may do what costs much: (times, in minutes).
# An office of many people stands behind one address: three hundred sign in within five minutes, some at second try.
# "entry": pages that begin a way of signing in, each with a session, and may ask a provider.
# "calendar": programs that read a calendar by its address; those of an office stand behind one.
# "mail" counts the mails that signed-in people have sent to one person: a mailbox is not filled from our pages.
RATE_LIMITS = {
    "anonymous": (1200, 5),
    "entry": (600, 5),
    "upload": (120, 10),
    "post": (240, 1),
    "export": (30, 10),
    "mail": (5, 60),
    "calendar": (1200, 5),
}
# The codes of one person, right ones apart, from whatever address: (times, in minutes). Only who knows the password
# gets this far, so that no stranger locks anyone out. Of a million codes three are right at a time: in a year of
# guessing day and night, two in a hundred.
CODE_LIMIT = (20, 24 * 60)

# Who has not signed in sends small forms alone, but to these pages, by the names of their addresses, in bytes: a
# provider's answer of 200,000 characters in a form. Browsers send no session along with another site's form.
LARGER_ANONYMOUS_BODIES = {"saml_return": 300_000} if SAML_METADATA else {}

# --- jobs ------------------------------------------------------------------------------------------

Q_CLUSTER = {
    "name": "ancam",
    "label": "AnCam",
    "orm": "default",
    "workers": 1,
    "timeout": 60,
    "retry": 90,
    "poll": 1,
    "max_attempts": 5,
    "catch_up": False,
    "save_limit": 500,
    "bulk": 1,
    "guard_cycle": 1,
}

# --- logs: no personal datum, no secret ------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "ancam.web.log_lines.WithoutTokens",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "ancam": {"level": "WARNING"},
        # What a browser did wrong is told to the browser; anyone could fill the log with it.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django-q": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "axes": {"level": "ERROR"},
    },
}
