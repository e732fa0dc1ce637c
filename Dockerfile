# syntax=docker/dockerfile:1

FROM python:3.13-slim AS packages
COPY requirements/runtime.txt /tmp/
RUN python -m venv /opt/breed \
    && /opt/breed/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --requirement /tmp/runtime.txt \
    # The running bot installs nothing.
    && /opt/breed/bin/python -m pip uninstall --yes pip

FROM python:3.13-slim
RUN groupadd --gid 10001 breed \
    && useradd --uid 10001 --gid breed --no-create-home --shell /usr/sbin/nologin breed \
    && install --directory --owner breed --group breed /data
COPY --from=packages /opt/breed /opt/breed
WORKDIR /app
COPY config config
COPY storage storage
COPY bot bot
COPY cogs cogs

# Nothing outside /data and /tmp is written, so the root file system may be read-only. Compiled
# files are made here, once; the sandbox needs a token's absence to be meant, so it is off.
RUN /opt/breed/bin/python -m compileall -q /app
ENV PATH=/opt/breed/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BREED_DATA_DIR=/data \
    BREED_LOG_FORMAT=json \
    BREED_SANDBOX=0 \
    BREED_WEB_HOST=0.0.0.0 \
    BREED_WEB_PORT=8080
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['BREED_WEB_PORT'] + '/healthz', timeout=4)"]
CMD ["python", "-m", "bot", "run"]
