import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Manifest } from '../../etl/src/releases/manifest.ts';
import { node24, root } from '../install.mjs';
import { seconds, type Benchmark, type Outcome } from './benchmark.ts';
import { workforceFiles } from './extracts.ts';

/** A whole build in a process of its own: the most memory it held, and the time of each step; then the same files again. */
export const building: Benchmark = {
  name: 'building',
  about: 'a whole build: memory at most, seconds of each step, and a second build of the same files',
  async run({ rows, folder }) {
    const extracts = join(folder, 'extracts');
    await workforceFiles(extracts, rows);
    const build = () => {
      const args = ['build', '--extracts', extracts, '--data', join(folder, 'data'), '--json'];
      const { status, stdout, stderr } = spawnSync(
        node24,
        ['--disable-warning=ExperimentalWarning', join(root, 'etl/src/cli.ts'), ...args],
        { encoding: 'utf8', maxBuffer: 1 << 30, env: { UV_THREADPOOL_SIZE: '24', ...process.env } },
      );
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as Manifest & { peakMemory: number };
    };
    let first!: ReturnType<typeof build>;
    const whole = await seconds(async () => (first = build()));
    const again = await seconds(async () => build());
    const steps = first.steps.map(({ step, seconds }) => `${step} ${seconds.toFixed(1)} s`);
    const told = `${first.rows.read.toLocaleString('en-GB')} rows: ${steps.join(', ')}; ${whole.toFixed(1)} s in all`;
    return [
      { title: 'memory of a build', ours: [first.peakMemory / 2 ** 30], unit: 'GiB', limit: 2, notes: [told] },
      { title: 'build of known files', ours: [again], peer: [whole], peerTitle: 'first build', unit: 's', limit: 1 },
    ] satisfies Outcome[];
  },
};
