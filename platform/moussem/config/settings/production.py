"""Production: everything that differs between two installations comes from the environment."""

from django.core.exceptions import ImproperlyConfigured

from moussem.config.settings.base import *

if env.secret_key is None or env.database_url is None or env.redis_url is None:
    raise ImproperlyConfigured(
        "Production needs SECRET_KEY, DATABASE_URL and REDIS_URL in the environment: see docs/operations.md."
    )
DEBUG = False
SECRET_KEY = env.secret_key.get_secret_value()
ALLOWED_HOSTS = env.allowed_hosts
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
OSCAR_BASKET_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if env.trust_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if env.email_url:
    parts = urlsplit(env.email_url)
    EMAIL_HOST, EMAIL_PORT = parts.hostname, parts.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(parts.username or ""), unquote(parts.password or "")
    EMAIL_USE_TLS = parts.scheme == "smtp+tls"
    EMAIL_USE_SSL = parts.scheme == "smtps"
