import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Releases } from '../release/releases.ts';
import type { Account } from './account.ts';
import type { Lanes } from './lanes.ts';

/** Counts and times of what the server did, for Prometheus. No label ever holds anything that a caller sent. */
export class Metrics {
  readonly #registry = new Registry();
  readonly requests = this.#counter('ahp_api_requests_total', 'Requests by status of their answer.', ['status']);
  readonly cache = this.#counter('ahp_api_cache_total', 'Questions whose answer was kept from before, or not.', [
    'hit',
  ]);
  readonly shed = this.#counter('ahp_api_shed_total', 'Questions turned away because their lane was full.');
  readonly limited = this.#counter('ahp_api_limited_total', 'Questions turned away because somebody asked too much.');
  readonly faults = this.#counter('ahp_api_faults_total', 'Faults of ours.');
  readonly #seconds = new Histogram({
    name: 'ahp_api_answer_seconds',
    help: 'Time of questions until their answer was sent.',
    labelNames: ['door', 'operation', 'audience'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.#registry],
  });
  readonly #cells = new Histogram({
    name: 'ahp_api_answer_cells',
    help: 'Cells that answers were made of.',
    labelNames: ['operation', 'audience'],
    buckets: [1, 10, 100, 500, 1000, 2500, 5000, 25_000, 100_000],
    registers: [this.#registry],
  });

  constructor(releases: Releases, lanes: Lanes) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge('ahp_api_release_info', 'The release that is current: 1.', ['version'], (gauge) => {
      gauge.reset();
      gauge.set({ version: releases.current }, 1);
    });
    this.#gauge('ahp_api_release_swaps', 'How often another release became current.', [], (gauge) =>
      gauge.set(releases.generation),
    );
    this.#gauge('ahp_api_lane', 'Answers that are made, and that wait to be.', ['lane', 'state'], (gauge) => {
      for (const [lane, { running, waiting }] of Object.entries(lanes.load)) {
        gauge.set({ lane, state: 'running' }, running);
        gauge.set({ lane, state: 'waiting' }, waiting);
      }
    });
  }

  /** Notes the answer to a question. */
  answered({ door, operation, asker, cost, answer }: Account, milliseconds: number): void {
    const { audience } = asker;
    this.#seconds.observe({ door, operation, audience }, milliseconds / 1000);
    if (answer === 'made') this.#cells.observe({ operation, audience }, cost.used);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  #counter<Label extends string = never>(name: string, help: string, labelNames: Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    collect: (gauge: Gauge<Label>) => void,
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        collect(this);
      },
    });
  }
}
