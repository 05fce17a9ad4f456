import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const graphql = createRequire(import.meta.url).resolve("graphql/index.js");

export default defineConfig({
  // One copy of graphql: loaded twice, every schema belongs to "another module or realm".
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["reflect-metadata"],
    // Each file waits for its engines most of the time: two at once also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    server: { deps: { inline: [/type-graphql/, /@graphql-tools/, /graphql-scalars/] } },
  },
});
