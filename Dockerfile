# The web server, the worker and the scheduler are one image; compose.yaml says which command each runs.
FROM python:3.13-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 ASHORE_VAR_DIR=/srv/var
WORKDIR /srv/ashore
COPY requirements/run.lock requirements/run.lock
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements/run.lock
COPY . .
# Neither needs a database, and both run with a laptop's settings because no secret is known here.
RUN python manage.py messages compile && python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --home-dir /srv ashore && mkdir -p /srv/var/evidence && chown -R ashore /srv/var
USER ashore
ENV DJANGO_SETTINGS_MODULE=config.settings.prod
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "-c", "python:config.web", "--bind", "0.0.0.0:8000", "--workers", "2", "--no-control-socket", "--max-requests", "50000", "--max-requests-jitter", "5000"]
