"""Settings of live rooms, for each process. fairs/live/checks.py adds up the connections that they need."""

from moussem.config.env import environment

_env = environment()
WEB_WORKERS = _env.web_workers
LIVE_REDIS_URL = _env.redis_url
LIVE_DATABASE_THREADS = _env.live_database_threads
LIVE_SOCKETS = _env.live_sockets
LIVE_POLLS = _env.live_polls
LIVE_DRAIN_SECONDS = _env.live_drain_seconds
# Hosts of streams and players: policies let them in on the pages of rooms that show one, and nowhere else.
LIVE_STREAM_HOSTS = _env.live_stream_hosts
LIVE_EMBED_HOSTS = _env.live_embed_hosts
