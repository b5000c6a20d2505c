# The service's image, for web and worker alike; docker-compose.yml says which it is.

FROM node:22-slim AS page
WORKDIR /page
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci
COPY frontend ./
RUN npm run build

FROM node:22-slim AS compiler
WORKDIR /compiler
COPY invoker/image/compiler ./
RUN npm ci --ignore-scripts && cp node_modules/@esbuild/linux-*/bin/esbuild esbuild

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2
WORKDIR /service
COPY requirements/runtime.lock requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/runtime.lock
COPY manage.py LICENSE NOTICE ./
COPY invoker invoker
COPY playground playground
COPY --from=page /page/dist frontend/dist
COPY --from=compiler /compiler/esbuild /usr/local/bin/esbuild
ENV COMPILER=/usr/local/bin/esbuild
# The worker becomes root for control groups and the proxy's socket, the web does not.
RUN useradd --system --no-create-home playground
USER playground
CMD ["python", "-m", "playground.web"]
