"""Settings shared by every way of running the product."""

from decimal import Decimal
from email.utils import parseaddr
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.conf import global_settings
from django.utils.translation import gettext_lazy as _
from oscar import INSTALLED_APPS as OSCAR_APPS
from oscar.defaults import *

from moussem.config.env import ROOT, environment
from moussem.config.settings.editors import *
from moussem.config.settings.live import *
from moussem.config.zones import tell_time_by_the_package

# First: whatever follows may ask for a zone, and Django sets the clock of the process after these lines.
tell_time_by_the_package()

env = environment()
BASE_DIR = ROOT
VAR_DIR = env.var_dir
SITE_URL = WAGTAILADMIN_BASE_URL = env.site_url.rstrip("/")
DEMONSTRATION = False

# --- Applications: Oscar's own list, with our forks in the place of what they replace.
FORKS = {
    "django.contrib.admin": "moussem.config.apps.AdministrationConfig",
    "oscar.apps.catalogue.apps.CatalogueConfig": "catalogue.apps.CatalogueConfig",
    "oscar.apps.partner.apps.PartnerConfig": "moussem.trade.partner.apps.PartnerConfig",
    "oscar.apps.basket.apps.BasketConfig": "moussem.trade.basket.apps.BasketConfig",
    "oscar.apps.checkout.apps.CheckoutConfig": "moussem.trade.checkout.apps.CheckoutConfig",
    "oscar.apps.order.apps.OrderConfig": "moussem.trade.order.apps.OrderConfig",
    "oscar.apps.payment.apps.PaymentConfig": "moussem.trade.payment.apps.PaymentConfig",
    "oscar.apps.shipping.apps.ShippingConfig": "moussem.trade.shipping.apps.ShippingConfig",
    "oscar.apps.customer.apps.CustomerConfig": "moussem.trade.customer.apps.CustomerConfig",
    "oscar.apps.dashboard.apps.DashboardConfig": "moussem.trade.dashboard.apps.DashboardConfig",
}
INSTALLED_APPS = [
    "moussem.core",
    "moussem.people",
    "moussem.regions",
    "moussem.organisations",
    "moussem.trade",
    *[FORKS.get(app, app) for app in OSCAR_APPS],
    "fairs",
    "matchmaking",
    "cms",
    *EDITORS_APPS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "csp",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "moussem.core.permissions.PermissionsPolicyMiddleware",
    "moussem.core.thin.ThinPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "moussem.core.reading.ReadableRequestMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "moussem.people.middleware.PreferencesMiddleware",
    "moussem.organisations.middleware.MembershipMiddleware",
    "moussem.trade.basket.middleware.BasketMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cms.desk.middleware.EditorsHouseMiddleware",
    "moussem.core.pages.RefusalMiddleware",
]

ROOT_URLCONF = "moussem.config.urls"
ASGI_APPLICATION = "moussem.config.asgi.application"
WSGI_APPLICATION = "moussem.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.core.context_processors.metadata",
                "moussem.core.context.site",
            ],
            "builtins": ["moussem.core.templatetags.moussem", "moussem.core.templatetags.slots"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Ways through the site: names of addresses, so that no template of the core names a room above it.
SITE_ADDRESSES = {
    "home": "home",
    "search": "catalogue:index",
    "suggest": "catalogue:suggest",
    # Where somebody whose account is new sees what can be done next.
    "begin": "organisations:mine",
    # Where somebody who signs in without going anywhere is led to the own desk.
    "arrival": "arrival",
    "sign_in": "account_login",
    "sign_out": "account_logout",
}
# Desks of rooms above, for who has a right there and no desk of an organisation.
SITE_DESKS = [("wagtailadmin.access_admin", "wagtailadmin_home")]
SITE_LINKS = {
    "main": [
        ("catalogue:index", _("Products")),
        ("catalogue:families", _("Families")),
        ("organisations:index", _("Cooperatives")),
        ("catalogue:regions", _("Regions")),
        ("fairs:index", _("Fairs")),
    ],
    "settings": [
        ("people:settings", _("Settings")),
        ("people:security", _("Sign-in and security")),
    ],
    "footer": [],
}


# --- Data
def database(url: str | None) -> dict:
    """One Django database entry from a URL; SQLite beside the code where there is none."""
    if url is None or url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///") if url else str(VAR_DIR / "moussem.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                # The one write lock is held while a seller's longest list is written.
                "timeout": 120,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": env.database_connect_seconds,
            # A server that went away without a word is noticed within half a minute.
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
            **dict(parse_qsl(parts.query)),
        },
    }


DATABASES = {"default": database(env.database_url)}
# For pages only (core/patience.py): migrations, reindexing and the jobs of the worker may take their time.
DATABASE_PATIENCE = {
    "statement_timeout": env.database_statement_seconds,
    "lock_timeout": env.database_lock_seconds,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What migrations do beyond models, done as well where the schema is built directly (core/schema.py).
SCHEMA_BEYOND_MODELS = [
    "catalogue.migrations.0030_auto_20250217_1247.create_materialized_view",
    "moussem.trade.customer.schema.index_notifications",
]
if env.redis_url:
    CACHES = {
        "default": {"BACKEND": "moussem.core.cache.RedisOrProcessCache", "LOCATION": env.redis_url},
        # Redis and nothing else: what the health check asks.
        "shared": {"BACKEND": "moussem.core.cache.ImpatientRedisCache", "LOCATION": env.redis_url},
    }
else:
    CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"} for name in ("default", "shared")
    }
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- People
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "moussem.people.passwords.PasswordRules", "OPTIONS": {"min_length": 10}},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_ADAPTER = "moussem.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "moussem.people.entrance.OtherPassword",
    "reset_password_from_key": "moussem.people.entrance.NewPassword",
}
ACCOUNT_SIGNUP_FORM_CLASS = "moussem.people.forms.SignupPreferences"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A mail tells the person of every change of password, address or second step.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Counted in the cache, so that several processes share the counts where there is Redis.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # The key is the address together with the network (moussem.people.guessing counts over all networks).
    "login_failed": "10/m/ip,5/5m/key,40/d/key",
    "signup": "20/h/ip",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
# The address of a visitor is what our own proxy says of it, where there is one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.trust_proxy else 0
MFA_ADAPTER = "moussem.people.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Moussem"
MFA_FORMS = {
    "add_webauthn": "moussem.people.passkeys.AddKeyForm",
    "activate_totp": "moussem.people.entrance.FirstCode",
    "authenticate": "moussem.people.entrance.SecondStep",
    "reauthenticate": "moussem.people.entrance.SecondStepAgain",
}
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"

# --- Languages and places
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [ROOT / "platform" / "moussem" / "locale"]
FORMAT_MODULE_PATH = "moussem.config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
CURRENCIES = ["EUR", "USD", "MAD"]

# --- Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [*global_settings.STATICFILES_FINDERS, "moussem.core.styles.WholeFinder"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {
        "BACKEND": "moussem.core.storage.DiskStorage",
        # Where Wagtail puts what editors bring, for drafts and closed collections too, by its own name.
        "OPTIONS": {"unguessable": ("documents", "images", "original_images", "wagtail_uploads")},
    },
    # Papers that only a view may hand out, after asking who wants them: never under MEDIA_URL.
    "private": {
        "BACKEND": "moussem.core.storage.DiskStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# --- Mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.default_from_email
# Where people write to us; every page names it.
CONTACT_EMAIL = env.contact_email or parseaddr(env.default_from_email)[1]
EMAIL_TIMEOUT = 30  # Seconds: a mail server that keeps silent must not stop the worker.

# --- Safety
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Stripe's own list: its script, the frames it opens, and where it sends.
        "script-src": [SELF, NONCE, "https://js.stripe.com", "https://*.js.stripe.com"],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, "https://api.stripe.com"],
        "frame-src": ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"],
        **{name: [SELF] for name in ("font-src", "worker-src", "manifest-src")},
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Oscar
SITE_ID = 1
OSCAR_SHOP_NAME = "Moussem"
OSCAR_DEFAULT_CURRENCY = "EUR"
OSCAR_HOMEPAGE = "/"
OSCAR_EAGER_ALERTS = False
OSCAR_SEND_REGISTRATION_EMAIL = False
OSCAR_FROM_EMAIL = env.default_from_email
# A removed photo takes its own files along (catalogue.actions.photos).
OSCAR_DELETE_IMAGE_FILES = False
OSCAR_HIDDEN_FEATURES = ["reviews", "wishlists"]
# Our own templates link the few pages that are open (moussem.trade.dashboard.gate).
OSCAR_DASHBOARD_NAVIGATION = []
# Order states move through moussem.trade.order.states only, never from Oscar's dashboard.
OSCAR_ORDER_STATUS_PIPELINE = {}
OSCAR_LINE_STATUS_PIPELINE = {}
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"
THUMBNAIL_KVSTORE = "sorl.thumbnail.kvstores.cached_db_kvstore.KVStore"

# --- Search
ELASTICSEARCH_URL = env.elasticsearch_url
# "database" is what both fall back to; alone it knows no concepts.
SEARCH_ENGINE = "elasticsearch" if ELASTICSEARCH_URL else "embedded"
SEARCH_ALIAS = env.search_alias
# Seconds until a process asks again whether another one changed the words that searches know.
LEXICON_LOOKED_AT_EVERY = 3

# --- Payments
STRIPE_SECRET_KEY = env.stripe_secret_key.get_secret_value() if env.stripe_secret_key else None
STRIPE_PUBLISHABLE_KEY = env.stripe_publishable_key
STRIPE_WEBHOOK_SECRETS = env.stripe_webhook_secrets
STRIPE_API_BASE = env.stripe_api_base
STRIPE_RETRIES = 2
STRIPE_JS = "https://js.stripe.com/clover/stripe.js"
# Where euro transfers are received when the buyer's own country has no such account.
STRIPE_EURO_COUNTRY = "FR"
# The deposit in per cent, and the totals below which an order is paid in full when it is placed.
PAYMENT_DEPOSIT_SHARE = Decimal(30)
PAYMENT_FULL_BELOW = {"EUR": Decimal(200), "USD": Decimal(220), "MAD": Decimal(2000)}
# What an organisation that nobody has checked may order: samples, and totals below these.
UNVERIFIED_BUYER_BELOW = {"EUR": Decimal(500), "USD": Decimal(550), "MAD": Decimal(5000)}
# Days to pay after the moment that makes an instalment due.
PAYMENT_DAYS = {"placing": 3, "acceptance": 7, "release": 7}
# An announced transfer that has not come after so many days is no longer waited for, and its payer has so
# many more to pay in another way.
PAYMENT_WIRE_DAYS = 15
PAYMENT_DAYS_AGAIN = 3
# What banks may keep of a wire: an amount, or a share when that is more; never above the cap.
PAYMENT_WIRE_TOLERANCE = {"EUR": Decimal(30), "USD": Decimal(33), "MAD": Decimal(320)}
PAYMENT_WIRE_TOLERANCE_SHARE = Decimal("0.005")
PAYMENT_WIRE_TOLERANCE_CAP = Decimal("0.1")
# How many times more or less held money may count in another currency: a euro is some eleven dirhams.
PAYMENT_COUNTED_APART = Decimal(20)
# Units of each currency for a euro, about: nothing is reckoned with these but the freight of the
# demonstration, and what a search says in a currency that no offer has. An officer is asked whether a figure
# that is further from them than this share is meant.
PAYMENT_REFERENCE_RATES = {"EUR": Decimal(1), "USD": Decimal("1.1"), "MAD": Decimal("10.8")}
PAYMENT_RATE_APART = Decimal("0.2")

# --- Orders
# The seller is reminded this long before the answer is due, the buyer this long before the first payment is.
ORDER_ANSWER_REMINDER_HOURS = 24
ORDER_DEPOSIT_REMINDER_DAYS = 3
# An order whose first payment is this late is cancelled and its lots are free again.
ORDER_DEPOSIT_GRACE_DAYS = 5

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level},
    # One line a request says nothing that the attempts do not keep.
    "loggers": {name: {"level": "WARNING"} for name in ("stripe", "wagtail", "elastic_transport")},
}
