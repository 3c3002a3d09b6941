import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { node24, root } from '../install.mjs';
import type { Benchmark, Outcome } from './benchmark.ts';

const rounds = 2000;
/** One question of a workforce lead; another name makes it another document, which no kept answer serves. */
const question = (name: string) =>
  `query ${name} { turnover(by: [PROFESSION], where: { nation: [WALES] }, period: { last: { count: 4, grain: YEAR } }) {
     ... on TurnoverTable { rows { profession { label } period { label } leaverRate { display value interval { lower upper } status } } } } }`;

/** One question over HTTP, from the cells and from the answers that are kept: half are faster, and one in a hundred is slower than this. */
export const answering: Benchmark = {
  name: 'answering',
  about:
    'one turnover question over HTTP, on a release of the default sample: p50 and p99, from cells and from the cache',
  async run({ folder }) {
    const etl = (...args: string[]) => {
      const { status, stderr } = spawnSync(node24, [join(root, 'etl/src/cli.ts'), ...args], { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
    };
    etl('sample', '--out', join(folder, 'extracts'));
    etl('build', '--extracts', join(folder, 'extracts'), '--data', join(folder, 'data'));
    const api = spawn(node24, [join(root, 'api/src/main.ts'), '--data', join(folder, 'data'), '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { UV_THREADPOOL_SIZE: '24', ...process.env },
    });
    try {
      const url = await addressOf(api);
      await latencies(url, (n) => question(`Warm${n}`), 300);
      const fromCells = await latencies(url, (n) => question(`Fresh${n}`), rounds);
      const kept = await latencies(url, () => question('Same'), rounds);
      return [...percentiles('from cells', fromCells, [20, 50]), ...percentiles('kept', kept, [3, 15])];
    } finally {
      api.kill();
      await once(api, 'exit');
    }
  },
};

async function addressOf(api: ChildProcess): Promise<string> {
  const [line] = (await once(api.stdout!, 'data')) as [Buffer];
  return /http:\S+\/graphql/.exec(line.toString())![0];
}

/** Milliseconds of each of `count` questions, one after another. */
async function latencies(url: string, document: (n: number) => string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const body = JSON.stringify({ query: document(n) });
    const started = performance.now();
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const text = await response.text();
    times.push(performance.now() - started);
    if (!text.includes('"leaverRate"')) throw new Error(text.slice(0, 300));
  }
  return times;
}

function percentiles(what: string, times: readonly number[], [half, tail]: [number, number]): Outcome[] {
  const sorted = times.toSorted((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)]!;
  return [
    { title: `answer ${what}, p50`, ours: sorted, unit: 'ms', limit: half },
    { title: `answer ${what}, p99`, ours: [p99], unit: 'ms', limit: tail },
  ];
}
