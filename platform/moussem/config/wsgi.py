"""WSGI, for hosts that know nothing else."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moussem.config.settings.production")
application = get_wsgi_application()

# The settings must be there first.
from moussem.core.patience import hurry  # noqa: E402

hurry()
