// Adds to package-lock.json the optional platform packages that a partial registry does not serve, as a full one would have
// them: `npm ci` refuses a lock without them. Run it after changing a dependency: `node .ci/complete-lock.js`.

import { readFileSync, writeFileSync } from "node:fs";

const FILE = "package-lock.json";
const OS = new Set(["android", "darwin", "freebsd", "linux", "openharmony", "win32"]);
const CPU = new Set(["arm64", "arm", "x64", "ia32", "ppc64", "s390x", "riscv64", "loong64", "wasm32"]);

const lock = JSON.parse(readFileSync(FILE, "utf8"));
const { packages } = lock;
const isLocked = (path, name) => `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages;
const libcOf = (words, os) => {
  if (words.some((word) => word.startsWith("musl"))) return "musl";
  return os === "linux" && words.some((word) => word.startsWith("gnu")) ? "glibc" : null;
};

for (const [path, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name)) continue;
    const words = (name.split("/").at(-1) ?? "").split("-");
    const os = words.find((word) => OS.has(word));
    const cpu = words.find((word) => CPU.has(word));
    const libc = libcOf(words, os);
    packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ""),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(os && { os: [os] }),
      ...(cpu && { cpu: [cpu] }),
      ...(libc && { libc: [libc] }),
    };
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
