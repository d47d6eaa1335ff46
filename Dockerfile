# The daemon as an image. Functions run in containers beside it when the socket of the engine is mounted:
#   docker run -p 127.0.0.1:4566:4566 -v /var/run/docker.sock:/var/run/docker.sock --group-add <group of the socket> lambdad
# or see docker-compose.yml.

ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="lambdad" \
      org.opencontainers.image.description="AWS Lambda on your own machine" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /build/dist /opt/lambdad
COPY --from=build /build/LICENSE /build/NOTICE /opt/lambdad/
# A volume here lets the engine mount code into functions' containers; without one it is copied into each.
ENV LAMBDAD_DATA_DIR=/var/lib/lambdad
RUN mkdir -p "$LAMBDAD_DATA_DIR" && chown node:node "$LAMBDAD_DATA_DIR"
USER node
EXPOSE 4566
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4566/_localstack/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/lambdad/lambdad.mjs"]
CMD ["start"]
