import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BuildReport } from '../../etl/src/commands/build.ts';
import { node24, root } from '../install.mjs';

/** Builds a release in a process of its own; `peakMemory` is the most that it and its readers held, in bytes. Throws what the build said when it failed. */
export function buildRelease(extracts: string, data: string): BuildReport {
  const args = ['build', '--extracts', extracts, '--data', data, '--json'];
  const { status, stdout, stderr } = spawnSync(
    node24,
    ['--disable-warning=ExperimentalWarning', join(root, 'etl/src/cli.ts'), ...args],
    { encoding: 'utf8', maxBuffer: 1 << 30, env: { UV_THREADPOOL_SIZE: '24', ...process.env } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as BuildReport;
}
