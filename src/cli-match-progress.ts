// How far it is: a bar where somebody watches, lines at each tenth where a log does.

const WIDTH = 30;

export interface Progress {
  (share: number, doing: string): void;
}

/** Tells on stderr. */
export function makeProgress(): Progress {
  const { stderr } = process;
  let said = "";
  return (share, doing) => {
    const percent = Math.min(100, Math.floor(share * 100));
    if (stderr.isTTY) {
      const filled = Math.round((percent / 100) * WIDTH);
      const line = `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] ${String(percent).padStart(3)} % ${doing}`;
      if (line === said) return;
      said = line;
      stderr.write(`\r\u001B[2K${line}${percent === 100 ? "\n" : ""}`);
      return;
    }
    const line = `${percent - (percent % 10)} % ${doing}`;
    if (line === said) return;
    said = line;
    stderr.write(`${line}\n`);
  };
}
