# Two images: `hub` (the default) and, with `--target simulators`, the agencies' simulators for trying it out.

FROM node:20-bookworm-slim AS build
WORKDIR /hub
COPY package.json package-lock.json .npmrc ./
# Without scripts: `prepare` would compile sources that are not here yet.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim AS base
WORKDIR /hub
RUN mkdir /data /keys && chown node:node /data /keys
COPY --from=build /hub/package.json ./
COPY --from=build /hub/node_modules node_modules

FROM base AS simulators
ENV NODE_ENV=development
COPY --from=build /hub/dist/simulators dist/simulators
COPY --from=build /hub/docker/make-demo-keys.js docker/
USER node
ENTRYPOINT ["node"]
CMD ["dist/simulators/main.js"]

FROM base AS hub
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 HUB_DATA=/data
COPY --from=build /hub/bin bin
COPY --from=build /hub/dist/src dist/src
COPY --from=build /hub/src/dashboard/operations src/dashboard/operations
COPY --from=build /hub/policies policies
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/hub.js"]
CMD ["start"]
