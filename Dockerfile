# The steps that install are those of the Makefile; tests/structure/test_dockerfile.py compares them.
FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/msif
COPY requirements.lock ./
RUN /opt/msif/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY api ./api
COPY clients ./clients
COPY content ./content
COPY locales ./locales
COPY migrations ./migrations
RUN /opt/msif/bin/python -m pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home msif && install --directory --owner=msif /data
COPY --from=build /opt/msif /opt/msif
ENV PATH=/opt/msif/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MSIF_DATA_DIR=/data \
    MSIF_HOST=0.0.0.0 \
    MSIF_LOG_FORM=json \
    PORT=8000
USER msif
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ.get(\"MSIF_PORT\") or os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["msif", "serve"]
