// How far a count of mistakes may be from the truth, by chance alone.

/** Log of n! by Stirling's series; small ones by multiplying. */
function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1;
    for (let at = 2; at <= n; at += 1) product *= at;
    return Math.log(product);
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}

/** The chance of at most `count` where `mean` are expected (Poisson). */
function atMost(count: number, mean: number): number {
  let sum = 0;
  for (let at = 0; at <= count; at += 1) sum += Math.exp(at * Math.log(mean) - mean - logFactorial(at));
  return sum;
}

function solve(low: number, high: number, isBelow: (mean: number) => boolean): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 200; step += 1) {
    const middle = (from + to) / 2;
    if (isBelow(middle)) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

const TAIL = 0.025;

/** The exact 95 % bounds of a count of rare things (Poisson; Garwood 1936): the means between which it is no surprise. */
export function boundsOf(count: number): readonly [number, number] {
  const most = count + 10 * Math.sqrt(count + 1) + 20;
  const low = count === 0 ? 0 : solve(1e-9, most, (mean) => 1 - atMost(count - 1, mean) < TAIL);
  const high = solve(1e-9, most, (mean) => atMost(count, mean) > TAIL);
  return [low, high];
}

export interface Rate {
  readonly count: number;
  readonly of: number;
  readonly perMillion: number;
  readonly bounds: readonly [number, number];
}

export function rateOf(count: number, of: number): Rate {
  const perMillion = (value: number): number => (of === 0 ? 0 : (value / of) * 1e6);
  const [low, high] = boundsOf(count);
  return { count, of, perMillion: perMillion(count), bounds: [perMillion(low), perMillion(high)] };
}
