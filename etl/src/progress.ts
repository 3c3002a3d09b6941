import cliProgress from 'cli-progress';

const { Format, Presets, SingleBar } = cliProgress;

export interface StepTiming {
  step: string;
  seconds: number;
}

/** Shows the steps of a long command on stderr: a bar with speed and time left on a terminal, one line per step elsewhere. */
export class Progress {
  readonly timings: StepTiming[] = [];
  readonly #quiet: boolean;
  #bar: cliProgress.SingleBar | null = null;
  #step = '';
  #started = 0;

  constructor(options: { quiet?: boolean } = {}) {
    this.#quiet = options.quiet ?? false;
  }

  /** Begins a step of `total` units (rows, files, sets); the one before it ends. */
  begin(step: string, total = 1, unit = ''): void {
    this.end();
    this.#step = step;
    this.#started = performance.now();
    if (this.#quiet) return;
    if (!process.stderr.isTTY) return;
    this.#bar = new SingleBar(
      {
        format: ` ${step.padEnd(10)} {bar} {percentage}% {value}/{total}${unit ? ` ${unit}, {rate} ${unit}/s` : ''} · {duration_formatted}, {eta_formatted} left {what}`,
        stream: process.stderr,
        hideCursor: true,
        clearOnComplete: true,
        etaBuffer: 30,
        formatValue: (value) => value.toLocaleString('en-GB'),
        // Nothing is known of the time left before the first unit is done.
        formatTime: (seconds, options, rounding) =>
          Number.isFinite(seconds) ? Format.TimeFormat(seconds, options, rounding) : '?',
      },
      Presets.shades_classic,
    );
    this.#bar.start(Math.max(1, total), 0, { what: '', rate: '' });
  }

  /** Moves the bar to `done`; `what` names what is being done. */
  at(done: number, what = '', total?: number): void {
    if (total !== undefined) this.#bar?.setTotal(Math.max(1, total));
    const rate = Math.round((1000 * done) / Math.max(1, performance.now() - this.#started)).toLocaleString('en-GB');
    this.#bar?.update(Math.round(done), { what, rate });
  }

  /** Ends the step; `note` says what came of it. */
  end(note = ''): void {
    if (!this.#step) return;
    const seconds = (performance.now() - this.#started) / 1000;
    this.timings.push({ step: this.#step, seconds });
    this.#bar?.stop();
    this.#bar = null;
    if (!this.#quiet) process.stderr.write(` ${this.#step.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${note}\n`);
    this.#step = '';
  }
}
