/** What one benchmark found: our time and that of its peer, in turns, or a figure against its limit. */
export interface Outcome {
  title: string;
  /** What was measured in each round, in `unit`. */
  ours: number[];
  /** The same of what it is compared with, measured in turns with ours. */
  peer?: number[];
  peerTitle?: string;
  unit: 's' | 'ms' | 'GiB';
  /** How many times the peer, or how much, is still good. */
  limit: number;
  notes?: string[];
}

export interface BenchOptions {
  rows: number;
  rounds: number;
  /** An empty folder for this benchmark alone. */
  folder: string;
}

export interface Benchmark {
  name: string;
  about: string;
  run: (options: BenchOptions) => Promise<Outcome[]>;
}

/** The middle of the sorted values. `median([3, 1, 2])` is 2. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Runs `work` and gives the seconds it took. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
