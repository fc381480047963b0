"""Settings of live rooms, for each process. fairs/live/checks.py adds up the connections that they need."""

from moussem.config.env import environment

_env = environment()
WEB_WORKERS = _env.web_workers
LIVE_REDIS_URL = _env.redis_url
LIVE_DATABASE_THREADS = _env.live_database_threads
LIVE_SOCKETS = _env.live_sockets
LIVE_POLLS = _env.live_polls
LIVE_DRAIN_SECONDS = _env.live_drain_seconds
METRICS_TOKEN = _env.metrics_token.get_secret_value() if _env.metrics_token else ""
# Calls: relays and what signs for them, and where a call goes on that does not come about here.
LIVE_TURN_URLS = _env.live_turn_urls
LIVE_TURN_SECRET = _env.live_turn_secret.get_secret_value() if _env.live_turn_secret else None
LIVE_FALLBACK_URL = _env.live_fallback_url
# Hosts of streams and players: policies let them in on the pages of rooms that show one, and nowhere else.
LIVE_STREAM_HOSTS = _env.live_stream_hosts
LIVE_EMBED_HOSTS = _env.live_embed_hosts

# --- Weak networks
# Where the site begins as an app on a telephone.
DEVICE_START = "fairs:index"
# Static files and folders of them that a device keeps for its pages without a network.
DEVICE_SHELL = [
    *("core/css/site.css", "core/img/favicon.svg", "core/img/icons.svg", "core/js"),
    *("fairs/css/fairs.css", "fairs/css/figures.css", "fairs/css/menu.css", "fairs/css/door.css"),
    *("fairs/js/door", "fairs/js/live"),
]
# The rooms whose pages come without pictures for who wants none.
THIN_ROOMS = ["fairs", "matchmaking"]
