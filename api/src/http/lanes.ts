import PQueue from 'p-queue';

/** Fields whose answers are made of many statistics: they wait for each other, and small questions do not wait for them. */
const heavy = /\b(board|scorecard|signals|fairness|standardised|projection|survival|flows|funnel|timeToStep)\b/;

/** How many answers are made at a time, and how many may wait; who comes after that is asked to come again. */
const sizes = {
  heavy: { running: 1, waiting: 12 },
  light: { running: 8, waiting: 100 },
  files: { running: 1, waiting: 24 },
};
export type Lane = keyof typeof sizes;

/** The lane of a question that is answered as JSON. */
export const laneOf = (document: string): Lane => (heavy.test(document) ? 'heavy' : 'light');

/** What became of a request: its answer, or why it has none. */
export type Taken<Answer> = { answer: Answer } | 'full' | 'gone';

/** Lanes of answers under way, each bounded: memory and waiting stay bounded whatever is asked. */
export class Lanes {
  readonly #queues = {
    heavy: new PQueue({ concurrency: sizes.heavy.running }),
    light: new PQueue({ concurrency: sizes.light.running }),
    files: new PQueue({ concurrency: sizes.files.running }),
  };

  /** Whether any lane is full, so that some requests are turned away. */
  get shedding(): boolean {
    return (Object.keys(sizes) as Lane[]).some((lane) => this.#isFull(lane));
  }

  /** Answers and waiting requests of each lane, for the metrics. */
  get load(): Record<Lane, { running: number; waiting: number }> {
    const of = (queue: PQueue) => ({ running: queue.pending, waiting: queue.size });
    return { heavy: of(this.#queues.heavy), light: of(this.#queues.light), files: of(this.#queues.files) };
  }

  /** Makes an answer when its turn has come; “full” at once when its lane is full. Nobody waits for a place whose client has gone. */
  async take<Answer>(lane: Lane, isGone: () => boolean, answer: () => Promise<Answer>): Promise<Taken<Answer>> {
    if (this.#isFull(lane)) return 'full';
    return this.#queues[lane].add(async (): Promise<Taken<Answer>> => (isGone() ? 'gone' : { answer: await answer() }));
  }

  #isFull(lane: Lane): boolean {
    return this.#queues[lane].size >= sizes[lane].waiting;
  }
}
