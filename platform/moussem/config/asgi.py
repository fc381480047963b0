"""ASGI: Django for HTTP, Channels for websockets."""

import gc
import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moussem.config.settings.demo")
# Files are read in a thread, which is what Django does here and what it warns of.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
http = get_asgi_application()

# Channels reads the settings and the models, so Django must be up first.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.conf import settings  # noqa: E402

from fairs.live.draining import drain_before_stopping  # noqa: E402
from moussem.config.routing import websocket_urlpatterns  # noqa: E402
from moussem.core.patience import hurry  # noqa: E402
from moussem.core.ticking import ticking  # noqa: E402

hurry()
drain_before_stopping()

# The one socket asks itself which page opens it: fairs/live/consumers.py.
protocols = {"http": http, "websocket": URLRouter(websocket_urlpatterns)}
# The demonstration is one process; elsewhere the clock is a process of its own.
application = ProtocolTypeRouter({**protocols, "lifespan": ticking} if settings.DEMONSTRATION else protocols)

# What is loaded by now stays: to look through it for garbage holds up everybody who is connected.
gc.collect()
gc.freeze()
