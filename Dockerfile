# syntax=docker/dockerfile:1
# One image for web, worker, clock and set-up; compose says which command each runs.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY manage.py ./
COPY platform platform
COPY catalogue catalogue
COPY matchmaking matchmaking
COPY fairs fairs
COPY cms cms
# Nothing of these reaches the image's environment; the settings only want to be complete.
RUN DJANGO_SETTINGS_MODULE=moussem.config.settings.production VAR_DIR=/app/var SECRET_KEY=at-build-only \
    DATABASE_URL=postgresql://build/none REDIS_URL=redis://build/0 \
    sh -c '/venv/bin/python manage.py compile_catalogues && /venv/bin/python manage.py collectstatic --noinput'
RUN /venv/bin/python -m compileall -q platform catalogue matchmaking fairs cms

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 moussem && useradd --uid 10001 --gid moussem --no-create-home --shell /usr/sbin/nologin moussem
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app/platform:/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=moussem.config.settings.production VAR_DIR=/app/var
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
RUN install -d -o moussem -g moussem /app/var/media /app/var/private
USER moussem
EXPOSE 8000
CMD ["sh", "-c", "exec uvicorn moussem.config.asgi:application --host 0.0.0.0 --port 8000 --workers ${WEB_WORKERS:-3} --proxy-headers --forwarded-allow-ips '*' --lifespan off --ws-per-message-deflate false --ws-max-size 65536 --timeout-graceful-shutdown 10 --timeout-worker-healthcheck 60"]
