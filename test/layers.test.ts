import { describe, expect, it } from "vitest";
import { codeOf, importsOf, readSources, type Source } from "./support/sources.ts";

const src = readSources("src");
const simulators = readSources("simulators");

/** The layer a path belongs to; a sector's adapter is one of its own, and what is no layer of `src` is null. */
function layerOf(path: string): string | null {
  const [top, layer = "", sector = ""] = path.split("/");
  if (top !== "src") return null;
  if (layer === "adapters") return sector.endsWith(".ts") ? "port" : `adapters/${sector}`;
  if (!layer.endsWith(".ts")) return layer;
  if (/^(hub|log)\.ts$/.test(layer)) return "hub";
  if (/^(server|worker|(demo|cli)(-[a-z]+)*)\.ts$/.test(layer)) return "program";
  return layer === "config.ts" ? "config" : null;
}

const ANY_SECTOR = /^adapters\//;
const BELOW_HUB = ["domain", "port", ANY_SECTOR, "schema", "store", "services", "resolvers", "jobs", "config"];

/** design.md, section 3: what each layer may import besides itself. */
const MAY_IMPORT: Record<string, readonly (string | RegExp)[]> = {
  domain: [],
  config: [],
  port: ["domain"],
  schema: ["domain"],
  store: ["domain", "schema"],
  services: ["domain", "schema", "store", "port"],
  resolvers: ["domain", "schema", "services"],
  jobs: ["domain", "services"],
  dashboard: [],
  hub: BELOW_HUB,
  program: [...BELOW_HUB, "hub"],
};

const mayImportOf = (layer: string) => (ANY_SECTOR.test(layer) ? ["domain", "port"] : MAY_IMPORT[layer]);

function faultOf(source: Source, imported: string): string | null {
  const layer = layerOf(source.path);
  const allowed = layer === null ? undefined : mayImportOf(layer);
  if (layer === null || !allowed) return `${source.path} belongs to no layer`;
  const inProject = /^(src|simulators|test|bench|bin|docs|dist)\//.test(imported);
  if (!inProject) return layer === "domain" ? `${source.path} imports ${imported}` : null;
  const target = layerOf(imported);
  const fits =
    target !== null &&
    (target === layer || allowed.some((rule) => (rule instanceof RegExp ? rule.test(target) : rule === target)));
  return fits ? null : `${source.path} imports ${imported}`;
}

const wrongImports = (sources: readonly Source[]) =>
  sources.flatMap((source) => importsOf(source).flatMap((imported) => faultOf(source, imported) ?? []));

const holding = (sources: readonly Source[], pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(codeOf(text))).map(({ path }) => path);

const CLOCK =
  /\bDate\.now\b|\bnew Date\b(?!\s*\(\s*[^\s)])|\bDate\(\s*\)|\bMath\.random\b|\bperformance\b|\bTemporal\b/;
const ENVIRONMENT = /\bprocess\s*\.\s*env\b|\bprocess\s*\[|\bimport\.meta\.env\b|\benv\s*}\s*=\s*process\b/;
const ANY = /(?<![\w$.#])any(?![\w$(:=?])/;

describe("imports", () => {
  it("run one way through src", () => expect(wrongImports(src)).toEqual([]));

  it("in simulators stay out of src", () => {
    const strays = simulators.flatMap((source) =>
      importsOf(source).filter((imported) => /^(src|test|bench)\//.test(imported)),
    );
    expect(strays).toEqual([]);
  });

  it.each([
    ["domain", "src/domain/deadline.ts", "../store/rows.ts"],
    ["domain", "src/domain/deadline.ts", "node:fs"],
    ["domain", "src/domain/deadline.ts", "zod"],
    ["the port", "src/adapters/lane.ts", "./health/health.ts"],
    ["an adapter", "src/adapters/health/ask.ts", "../police/police.ts"],
    ["an adapter", "src/adapters/health/ask.ts", "../../schema/child.ts"],
    ["schema", "src/schema/child.ts", "../store/rows.ts"],
    ["store", "src/store/rows.ts", "../services/hub.ts"],
    ["store", "src/store/rows.ts", "../adapters/lane.ts"],
    ["services", "src/services/children.ts", "../adapters/health/health.ts"],
    ["services", "src/services/children.ts", "../jobs/queues.ts"],
    ["resolvers", "src/resolvers/child.ts", "../store/rows.ts"],
    ["resolvers", "src/resolvers/child.ts", "../jobs/queues.ts"],
    ["jobs", "src/jobs/routing.ts", "../store/rows.ts"],
    ["jobs", "src/jobs/routing.ts", "../hub.ts"],
    ["dashboard", "src/dashboard/page.ts", "../domain/agency.ts"],
    ["the hub", "src/hub.ts", "./server.ts"],
    ["config", "src/config.ts", "./hub.ts"],
    ["src", "src/demo.ts", "../simulators/main.ts"],
    ["src", "src/demo.ts", "../test/support/sources.ts"],
  ])("of %s are refused: %s of %s", (_, path, imported) => {
    for (const text of [`import { x } from "${imported}";`, `import "${imported}";`, `await import("${imported}");`])
      expect(wrongImports([{ path, text }])).toHaveLength(1);
    expect(wrongImports([{ path, text: `import type {\n  X,\n} from "${imported}";` }])).toHaveLength(1);
  });

  it("in comments are none", () => {
    const text =
      '// from "../store/rows.ts"\n/* import "../hub.ts" */\nconst link = "https://example.org"; // import "zod"';
    expect(wrongImports([{ path: "src/domain/a.ts", text }])).toEqual([]);
  });

  it("of a file without a layer are refused", () => {
    expect(wrongImports([{ path: "src/utils/a.ts", text: 'import "zod";' }])).toEqual([
      "src/utils/a.ts belongs to no layer",
    ]);
  });
});

describe("the domain", () => {
  const domain = src.filter(({ path }) => path.startsWith("src/domain/"));

  it("reads no clock and throws no dice", () => expect(holding(domain, CLOCK)).toEqual([]));

  it.each(["Date.now()", "new Date()", "new Date( )", "new Date", "Date()", "Math.random()", "performance.now()"])(
    "is caught at %s",
    (text) => expect(holding([{ path: "a", text: `const at = ${text};` }], CLOCK)).toEqual(["a"]),
  );

  it.each(["new Date(at)", "new Date(`${on}T00:00:00Z`)", "// Date.now()", '"new Date()"'])("may say %s", (text) =>
    expect(holding([{ path: "a", text: `const at = ${text}\n;` }], CLOCK)).toEqual([]),
  );
});

describe("the environment", () => {
  it("is read in src/config.ts alone", () => expect(holding(src, ENVIRONMENT)).toEqual(["src/config.ts"]));

  it.each(["process.env.HOME", 'process.env["HOME"]', 'process["env"]', "const { env } = process"])(
    "is caught at %s",
    (text) => expect(holding([{ path: "a", text }], ENVIRONMENT)).toEqual(["a"]),
  );
});

describe("types", () => {
  it("are never any", () => expect(holding([...src, ...simulators], ANY)).toEqual([]));

  it.each(["x: any", "x as any", "Promise<any>", "any[]", "Map<string, any>", "`${x as any}`"])("catch %s", (text) =>
    expect(holding([{ path: "a", text: `const y = ${text};` }], ANY)).toEqual(["a"]),
  );

  it.each(["Promise.any([a])", "AbortSignal.any([a])", "// in any order", '"any"', "many", "/any/.test(a)"])(
    "leave %s alone",
    (text) => expect(holding([{ path: "a", text: `const y = ${text}\n;` }], ANY)).toEqual([]),
  );
});

describe("files of src", () => {
  const lines = src.map(({ path, text }) => ({ path, count: text.split("\n").length - 1 }));
  const DEEPER = /^src\/(store\/migrations|adapters\/[^/]+|dashboard\/.+)\/[^/]+$/;

  it("have at most 300 lines", () => expect(lines.filter(({ count }) => count > 300)).toEqual([]));

  it("have at most 200 lines in nine of ten", () => {
    const long = lines.filter(({ count }) => count > 200);
    expect(long.length).toBeLessThanOrEqual(lines.length / 10);
  });

  it("lie at most two levels deep", () => {
    const deep = src.filter(({ path }) => path.split("/").length > 3 && !DEEPER.test(path));
    expect(deep.map(({ path }) => path)).toEqual([]);
  });
});
