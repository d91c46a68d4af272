# The image of every Python part of the full stack (compose.yml): web, worker, beat, and the commands of the operator.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN pip install --no-cache-dir "uv==0.13.9" && python -m venv /venv
COPY requirements.runtime.lock /src/
RUN VIRTUAL_ENV=/venv uv pip install --no-cache --require-hashes -r /src/requirements.runtime.lock
COPY . /app
WORKDIR /app
# Both need settings that load, not secrets: these values never leave this stage.
RUN export DJANGO_SETTINGS_MODULE=portal.settings.production TALA_VAR=/tmp/var TALA_STATIC=/static \
      SECRET_KEY=build TALA_FIELD_KEYS=build ALLOWED_HOSTS=build SITE_ADDRESS=https://build \
    && /venv/bin/python manage.py compile_messages \
    && /venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production TALA_VAR=/var/lib/tala TALA_STATIC=/static
RUN useradd --system --uid 10001 --home-dir /var/lib/tala tala && install -d -o tala -g tala /var/lib/tala
COPY --from=build /venv /venv
COPY --from=build /static /static
COPY --from=build /app /app
WORKDIR /app
USER tala
VOLUME /var/lib/tala
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-", "--max-requests", "5000", "--max-requests-jitter", "500"]
