import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('./bench.ts', import.meta.url));
const bench = (...args: string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], { encoding: 'utf8' });

test('a benchmark gives its rounds, those of its peer and the ratio of their medians', () => {
  const { stdout, stderr } = bench('reading', '--rows', '5000', '--rounds', '3', '--json');
  const { outcomes, machine } = JSON.parse(stdout || stderr) as { machine: string; outcomes: Record<string, never>[] };
  const [reading] = outcomes as unknown as {
    ours: number[];
    peer: number[];
    median: number;
    peerMedian: number;
    ratio: number;
    limit: number;
    good: boolean;
  }[];
  expect(machine).toContain('Node 24');
  expect(reading!.ours).toHaveLength(3);
  expect(reading!.median).toBe(reading!.ours.toSorted((a, b) => a - b)[1]);
  expect(reading!.ratio).toBe(reading!.median / reading!.peerMedian);
  expect(reading!.good).toBe(reading!.ratio <= reading!.limit);
});

test('a benchmark that does not exist is wrong usage and the others are named', () => {
  const { status, stdout, stderr } = bench('readin');
  expect(status).toBe(2);
  expect(`${stdout}${stderr}`).toContain('There is no benchmark readin.');
  expect(`${stdout}${stderr}`).toContain('building');
});
