import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { adding } from './bench/adding.ts';
import { answering } from './bench/answering.ts';
import { median, type Benchmark, type Outcome } from './bench/benchmark.ts';
import { building } from './bench/building.ts';
import { reading } from './bench/reading.ts';
import { optionsOf, wrongUsage } from './options.ts';

const benchmarks: readonly Benchmark[] = [reading, building, adding, answering];

const help = `npm run bench -- [options] [name…]   benchmarks, each beside its peer or its limit; medians of several rounds

${benchmarks.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}

  --rows N     workforce rows of the synthetic extracts (1000000)
  --rounds N   rounds of a comparison (5)
  --json       as JSON
`;
const { values, positionals } = optionsOf(help, {
  rows: { type: 'string', default: '1000000' },
  rounds: { type: 'string', default: '5' },
  json: { type: 'boolean', default: false },
});
const [rows, rounds] = [Number(values.rows), Number(values.rounds)];
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) wrongUsage(`There is no benchmark ${unknown.join(', ')}.\n\n${help}`);
if (!(rows >= 1000) || !(rounds >= 1)) wrongUsage('--rows must be 1000 or more, and --rounds 1 or more.');

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}`;
if (!values.json) console.log(machine);
const outcomes: Outcome[] = [];
for (const { name, run } of benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const folder = mkdtempSync(join(tmpdir(), `bench-${name}-`));
  try {
    for (const outcome of await run({ rows, rounds, folder })) {
      outcomes.push(outcome);
      if (!values.json) for (const line of told(outcome)) console.log(line);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
if (values.json) console.log(JSON.stringify({ machine, rows, rounds, outcomes: outcomes.map(judged) }, null, 2));
process.exitCode = outcomes.every((outcome) => judged(outcome).good) ? 0 : 1;

/** An outcome with its medians, the ratio of both and whether it keeps to its limit. */
function judged(outcome: Outcome) {
  const ours = median(outcome.ours);
  const peer = outcome.peer ? median(outcome.peer) : null;
  const ratio = peer === null ? null : ours / peer;
  return { ...outcome, median: ours, peerMedian: peer, ratio, good: (ratio ?? ours) <= outcome.limit };
}

function told(outcome: Outcome): string[] {
  const { title, unit, limit, peerTitle, notes = [] } = outcome;
  const { median, peerMedian, ratio, good } = judged(outcome);
  const n = (value: number) => value.toFixed(2);
  const against =
    ratio === null
      ? `limit ${limit} ${unit}`
      : `${peerTitle} ${n(peerMedian!)} ${unit}: ${n(ratio)} times, limit ${limit}`;
  return [
    `${good ? '✓' : '✗'} ${title.padEnd(22)} ${n(median)} ${unit}; ${against} (${outcome.ours.length} rounds)`,
    ...notes.map((note) => `    ${note}`),
  ];
}
