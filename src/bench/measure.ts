// What a run costs: time on the clock, and time of the processor, which other programs disturb less.

/** What it took to do something. */
export interface Cost {
  readonly wallMs: number;
  /** Time of this process on all processors, that of collecting garbage included. */
  readonly cpuMs: number;
}

/**
 * Does something once and measures it.
 * @param run what to do
 * @returns what it returned, and what it took
 */
export function measure<T>(run: () => T): { readonly value: T; readonly cost: Cost } {
  const cpuFrom = process.cpuUsage();
  const from = performance.now();
  const value = run();
  const wallMs = performance.now() - from;
  const { user, system } = process.cpuUsage(cpuFrom);
  return { value, cost: { wallMs, cpuMs: (user + system) / 1000 } };
}

/** The least of several costs, each time for itself: what the machine can do when nothing disturbs it. */
export const leastOf = (costs: readonly Cost[]): Cost => ({
  wallMs: Math.min(...costs.map(({ wallMs }) => wallMs)),
  cpuMs: Math.min(...costs.map(({ cpuMs }) => cpuMs)),
});

/**
 * The exponent k of the curve n^k that lies nearest to the points: the slope of the line through their logarithms.
 * @param points sizes and what they took
 */
export function growthOf(points: readonly { readonly n: number; readonly ms: number }[]): number {
  const logs = points.map(({ n, ms }) => [Math.log(n), Math.log(ms)] as const);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const meanX = mean(logs.map(([x]) => x));
  const meanY = mean(logs.map(([, y]) => y));
  const above = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return above / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

/** The value in the middle. */
export const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
