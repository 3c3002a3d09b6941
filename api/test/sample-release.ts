import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A release of the default sample with its truth: the one in AHP_TEST_DATA or data/, else one built here, which takes minutes. */
export function sampleRelease(): { data: string; remove: () => void } {
  const held = process.env.AHP_TEST_DATA ?? new URL('../../data', import.meta.url).pathname;
  if (existsSync(join(held, 'extracts', 'truth.json')) && existsSync(join(held, 'releases', 'current.json')))
    return { data: held, remove: () => {} };
  const data = mkdtempSync(join(tmpdir(), 'ahp-sample-'));
  const extracts = join(data, 'extracts');
  for (const argv of [
    ['sample', '--out', extracts],
    ['build', '--extracts', extracts, '--data', data],
  ])
    execFileSync(process.execPath, [new URL('../../etl/src/cli.ts', import.meta.url).pathname, ...argv], {
      stdio: 'ignore',
    });
  return { data, remove: () => rmSync(data, { recursive: true, force: true }) };
}
