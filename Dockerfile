# The reference server: docs/deploying.md.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY conformance conformance
COPY generated generated
COPY reference_impl reference_impl
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel . \
    && python -m venv /opt/wirecheck \
    && /opt/wirecheck/bin/pip install --no-cache-dir "$(echo /wheel/*.whl)[reference,postgres,redis,telemetry]"

FROM python:${PYTHON}-slim
RUN groupadd --gid 10001 wirecheck \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin wirecheck \
    && install --directory --owner=wirecheck --group=wirecheck /data
COPY --from=build /opt/wirecheck /opt/wirecheck
ENV PATH=/opt/wirecheck/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    WIRECHECK_HOST=0.0.0.0 \
    WIRECHECK_PORT=8000 \
    WIRECHECK_DATA_FOLDER=/data
USER 10001:10001
WORKDIR /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['WIRECHECK_PORT'] + '/health', timeout=4)"]
ENTRYPOINT ["wirecheck"]
CMD ["serve"]
