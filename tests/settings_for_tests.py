"""The product's settings over a throw-away data folder; `ANCAM_TEST_DATABASE=postgresql` starts a server for the run.

Worker processes of one run inherit the environment, so folder and server are made once; the product's data each has
for itself, or a test that counts the kept files counts another's.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "ANCAM_TEST_DATA" not in os.environ:
    os.environ["ANCAM_TEST_DATA"] = tempfile.mkdtemp(prefix="ancam-test-")
    atexit.register(shutil.rmtree, os.environ["ANCAM_TEST_DATA"], ignore_errors=True)
# A run starts Python some hundred times, and compiling the code takes as long as all else that AnCam does to start.
# Where the shell keeps Python from writing beside the sources, what is compiled is kept in the run's own folder.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    os.environ["PYTHONPYCACHEPREFIX"] = str(Path(os.environ["ANCAM_TEST_DATA"]) / "compiled")
# A browser test leaves its event loop running in the process; the tests after it use the database as ever.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["ANCAM_DATA"] = str(
    Path(os.environ["ANCAM_TEST_DATA"], os.environ.get("PYTEST_XDIST_WORKER", "alone"), "data")
)

if os.environ.get("ANCAM_TEST_DATABASE") == "postgresql" and "ANCAM_DATABASE_URL" not in os.environ:
    from postgresql_server import start_postgresql

    os.environ["ANCAM_DATABASE_URL"] = start_postgresql(Path(os.environ["ANCAM_TEST_DATA"]) / "postgresql")

from ancam.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; nothing real is protected here
# One test does in seconds what a person does in a day; the limits have tests of their own.
RATE_LIMITS = dict.fromkeys(["anonymous", "entry", "upload", "post", "export", "mail", "calendar"], (1_000_000, 1))
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
