import type { LaunchOptions } from "./launch.ts";
import { asPort, type WantedPort } from "./launch-ports.ts";

/** What can be started, under the folder it lives in. */
export const SYSTEMS = ["health", "education", "police", "social-care", "issuer"] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** Where each listens unless told otherwise; `control` is the control plane of social care, which itself speaks SQL. */
const PORTS = { health: 8701, education: 8702, police: 8703, "social-care": 8704, control: 8714, issuer: 4001 };
type PortName = keyof typeof PORTS;

/** Settings that are handed on as they came: to whom, and under which flag there. */
const HANDED_ON = [
  { flag: "jwks-file", to: ["health"], as: "jwks" },
  { flag: "jwks-url", to: ["health"], as: "jwks-url" },
  { flag: "health-client-id", to: ["health"], as: "client-id" },
  { flag: "pds-per-second", to: ["health"], as: "pds-per-second" },
  { flag: "education-token", to: ["education"], as: "token" },
  { flag: "push-to", to: ["police"], as: "push-to" },
  { flag: "client-id", to: ["police"], as: "client-id" },
  { flag: "secret", to: ["police"], as: "secret" },
  { flag: "database-url", to: ["social-care"], as: "database-url" },
  { flag: "key-file", to: ["issuer"], as: "key-file" },
  { flag: "systems-file", to: ["issuer"], as: "systems-file" },
  { flag: "children", to: ["health", "education", "police", "social-care"], as: "children" },
  { flag: "seed", to: ["health", "education", "police", "social-care"], as: "seed" },
  { flag: "until", to: ["health", "education", "police", "social-care"], as: "until" },
] as const;

/** The command line, as `parseArgs` reads it. */
export const FLAGS = {
  help: { type: "boolean" },
  only: { type: "string" },
  without: { type: "string" },
  "port-base": { type: "string" },
  port: { type: "string", multiple: true },
  "with-parent": { type: "boolean" },
  "jwks-file": { type: "string" },
  "jwks-url": { type: "string" },
  "health-client-id": { type: "string" },
  "pds-per-second": { type: "string" },
  "education-token": { type: "string" },
  "push-to": { type: "string" },
  "client-id": { type: "string" },
  secret: { type: "string" },
  "database-url": { type: "string" },
  "key-file": { type: "string" },
  "systems-file": { type: "string" },
  children: { type: "string" },
  seed: { type: "string" },
  until: { type: "string" },
} as const;
type Flags = { readonly [name in keyof typeof FLAGS]?: string | string[] | boolean | undefined };

export interface Plan {
  readonly programs: readonly (Pick<LaunchOptions, "program" | "args"> & { readonly name: SystemName })[];
  readonly ports: readonly WantedPort[];
}

/** What to start, with which arguments, from the command line. Throws one sentence about what it cannot make sense of. */
export function plan(flags: Flags, home: URL): Plan {
  const wanted = chosen(flags);
  const ports = portsFrom(flags);
  const extension = home.pathname.endsWith(".ts") ? ".ts" : ".js";
  return {
    programs: wanted.map((name) => ({
      name,
      program: new URL(`./${name}/main${extension}`, home),
      args: [...portArgs(name, ports), ...HANDED_ON.flatMap((setting) => handOn(setting, name, flags[setting.flag]))],
    })),
    ports: (Object.keys(PORTS) as PortName[])
      .filter((name) => wanted.includes(name === "control" ? "social-care" : name))
      .map((name) => ({ port: ports[name], who: name, flag: `--port ${name}=NUMBER` })),
  };
}

function portArgs(name: SystemName, ports: Record<PortName, number>): string[] {
  const own = ["--port", String(ports[name])];
  return name === "social-care" ? [...own, "--control-port", String(ports.control)] : own;
}

function handOn({ to, as }: (typeof HANDED_ON)[number], name: SystemName, value: Flags["children"]): string[] {
  return typeof value === "string" && to.some((one) => one === name) ? [`--${as}=${value}`] : [];
}

function chosen({ only, without }: Flags): SystemName[] {
  const kept = only === undefined ? SYSTEMS : named(only, "--only");
  const left = without === undefined ? [] : named(without, "--without");
  return SYSTEMS.filter((name) => kept.includes(name) && !left.includes(name));
}

function named(list: Flags["only"], flag: string): SystemName[] {
  return String(list)
    .split(",")
    .map((text) => {
      const name = SYSTEMS.find((system) => system === text.trim() || key(system) === text.trim());
      if (name === undefined) throw new Error(`${flag} knows ${SYSTEMS.join(", ")}, separated by commas`);
      return name;
    });
}

/** A system's name where it is a key: `socialCare`. */
export const key = (name: SystemName): string => (name === "social-care" ? "socialCare" : name);

/** `--port-base 9700` gives 9701 to 9704 and 9714, and leaves the issuer where browsers know it; 0 leaves all to the system. */
function portsFrom({ "port-base": base, port = [] }: Flags): Record<PortName, number> {
  const ports = { ...PORTS };
  const shift = base === undefined ? 0 : asPort(String(base), "--port-base") - 8_700;
  for (const name of Object.keys(ports) as PortName[]) {
    if (shift === -8_700) ports[name] = 0;
    else if (name !== "issuer") ports[name] += shift;
  }
  for (const one of [port].flat()) {
    const [name = "", number = ""] = String(one).split("=");
    if (!(name in PORTS)) throw new Error(`--port needs NAME=NUMBER with one of ${Object.keys(PORTS).join(", ")}`);
    ports[name as PortName] = asPort(number, `--port ${name}=`);
  }
  return ports;
}
