import type { Releases } from '../release/releases.ts';

/** Counts of what the server did, in the text format of Prometheus. No label ever holds anything that a caller sent. */
export class Metrics {
  readonly #counts = new Map<string, number>();
  #seconds = 0;

  count(name: string, labels = ''): void {
    const key = labels ? `${name}{${labels}}` : name;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  request(status: number, milliseconds: number): void {
    this.count('ahp_api_requests_total', `status="${status}"`);
    this.#seconds += milliseconds / 1000;
  }

  text(releases: Releases): string {
    const { rss, heapUsed } = process.memoryUsage();
    const lines = [...this.#counts].sort().map(([key, value]) => `${key} ${value}`);
    return `${[
      ...lines,
      `ahp_api_request_seconds_sum ${this.#seconds.toFixed(3)}`,
      `ahp_api_release_info{version="${releases.current}"} 1`,
      `ahp_api_release_swaps_total ${releases.generation}`,
      `process_resident_memory_bytes ${rss}`,
      `nodejs_heap_used_bytes ${heapUsed}`,
      `process_uptime_seconds ${process.uptime().toFixed(0)}`,
    ].join('\n')}\n`;
  }
}
