"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

# Whatever this process makes is closed to other users of the machine.
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancam.site.settings")
application = get_wsgi_application()
