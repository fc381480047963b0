"""The demonstration: one process, no server, no key, everything under `var/`."""

from moussem.config.settings.base import *

DEBUG = False
DEMONSTRATION = True
# Known to everybody, on purpose: the demonstration holds fictional data only and listens on 127.0.0.1.
SECRET_KEY = "moussem-demonstration-only-" + "k" * 40
ALLOWED_HOSTS = [*env.allowed_hosts, "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# The demonstration is served without TLS, on this machine only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_FILE_PATH = VAR_DIR / "mail"
TASKS = {"default": {"BACKEND": "moussem.core.threads.ThreadBackend"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# What the proxy does in production: a page over a weak network is a sixth of its size.
MIDDLEWARE = ["moussem.core.squeezing.SqueezeTexts", *MIDDLEWARE]
# The terminal shows the visitor where to go; what every task did is for operators.
LOGGING["loggers"] = {name: {"level": "WARNING"} for name in ("django_tasks", "wagtail")}
# Whoever stops the demonstration need not wait for its visitors.
LIVE_DRAIN_SECONDS = 0
