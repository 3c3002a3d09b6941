import { join } from 'node:path';
import { buildRelease } from './build-release.ts';
import { seconds, type Benchmark, type Outcome } from './benchmark.ts';
import { workforceFiles } from './extracts.ts';

/** A whole build in a process of its own: the most memory it held, and the time of each step; then the same files again. */
export const building: Benchmark = {
  name: 'building',
  about: 'a whole build: memory at most, seconds of each step, and a second build of the same files',
  async run({ rows, folder }) {
    const extracts = join(folder, 'extracts');
    await workforceFiles(extracts, rows);
    let first!: ReturnType<typeof buildRelease>;
    const whole = await seconds(async () => (first = buildRelease(extracts, join(folder, 'data'))));
    const again = await seconds(async () => buildRelease(extracts, join(folder, 'data')));
    const steps = first.steps.map(({ step, seconds }) => `${step} ${seconds.toFixed(1)} s`);
    const told = `${first.rows.read.toLocaleString('en-GB')} rows: ${steps.join(', ')}; ${whole.toFixed(1)} s in all`;
    return [
      { title: 'memory of a build', ours: [first.peakMemory / 2 ** 30], unit: 'GiB', limit: 2, notes: [told] },
      { title: 'build of known files', ours: [again], peer: [whole], peerTitle: 'first build', unit: 's', limit: 1 },
    ] satisfies Outcome[];
  },
};
