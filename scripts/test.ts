import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node24, root } from './install.mjs';
import { optionsOf, wrongUsage } from './options.ts';

const help = `npm test [-- options] [-- files]   every check of the project; ends with "N passed, N failed"

  types (tsc, svelte-check, gql.tada) · lint · format · unit, api-over-HTTP and browser tests (Vitest)

  --only NAME   only the static check or "tests" of that name
  --deep        audits the default sample in place of a small one (\`npm run test:deep\`: some five minutes more)
`;
const { values, positionals } = optionsOf(help, { only: { type: 'string' }, deep: { type: 'boolean' } });

let passed = 0;
let failed = 0;
let skipped = 0;

const bin = (name: string) => join(root, 'node_modules', name);
const inDashboard = join(root, 'dashboard');
const dashboardBin = (name: string) => join(inDashboard, 'node_modules', name);
interface Check {
  name: string;
  args: string[];
  cwd?: string;
}
/** Two lists that take about as long, for two cores; what others need comes before them. */
const chains: Check[][] = [
  [
    { name: 'dashboard sync', args: [dashboardBin('@sveltejs/kit/svelte-kit.js'), 'sync'], cwd: inDashboard },
    {
      name: 'types of the dashboard',
      args: [dashboardBin('svelte-check/bin/svelte-check'), '--tsconfig', './tsconfig.json', '--threshold', 'error'],
      cwd: inDashboard,
    },
    { name: 'GraphQL documents', args: [dashboardBin('gql.tada/bin/cli.js'), 'check'], cwd: inDashboard },
    {
      name: 'format',
      args: [bin('prettier/bin/prettier.cjs'), '--check', '--cache', '--log-level', 'warn', '.'],
    },
  ],
  [
    {
      name: 'types of sql, etl, api and scripts',
      args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
    },
    {
      name: 'lint',
      args: [bin('eslint/bin/eslint.js'), '--cache', '--cache-location', bin('.cache/eslint/'), '.'],
    },
  ],
];

const names = [...chains.flat().map(({ name }) => name), 'tests'];
if (values.only && !names.includes(values.only))
  wrongUsage(`There is no check "${values.only}". There are: ${names.join(', ')}.`);

/** Runs checks one after another; each says how it went when it has ended. */
async function inTurn(checks: readonly Check[]): Promise<void> {
  for (const { name, args, cwd = root } of checks) {
    const started = performance.now();
    const child = spawn(node24, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.on('close', resolve)),
    ]);
    if (code === 0) passed += 1;
    else failed += 1;
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    if (code !== 0) console.log(`${out}\n${err}`.trim());
  }
}

/** The release of the default sample, built once for all tests that want one of realistic size; `undefined` when the build failed. */
function sampleRelease(data: string): string | undefined {
  const started = performance.now();
  // One secret for all runs: the noise is then the same, and a test that fails fails again.
  const env = { ...process.env, AHP_SECRET: '940c5e50096f15cccb9d72346ac6e5a96a005563a4cc70c6f7161243f1bbeb51' };
  const etl = (...args: string[]) =>
    spawnSync(node24, [join(root, 'etl/src/cli.ts'), ...args], { cwd: root, encoding: 'utf8', env });
  const runs = [
    etl('sample', '--people', '24000', '--months', '48', '--seed', '1', '--out', join(data, 'extracts')),
    etl('build', '--extracts', join(data, 'extracts'), '--data', data),
  ];
  const done = runs.every(({ status }) => status === 0);
  if (done) passed += 1;
  else failed += 1;
  console.log(
    `${done ? '✓' : '✗'} release of the default sample (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  );
  if (!done)
    console.log(
      runs
        .map(({ stdout, stderr }) => `${stdout}${stderr}`)
        .join('\n')
        .trim(),
    );
  return done ? data : undefined;
}

if (positionals.length === 0) {
  const wanted = chains.map((chain) => chain.filter(({ name }) => !values.only || name === values.only));
  await Promise.all(wanted.map(inTurn));
}

if (!values.only || values.only === 'tests') {
  const folder = mkdtempSync(join(tmpdir(), 'ahp-test-'));
  if (positionals.length === 0 && !process.env.AHP_TEST_DATA)
    process.env.AHP_TEST_DATA = sampleRelease(join(folder, 'data'));
  if (values.deep) process.env.AHP_AUDIT_DATA = process.env.AHP_TEST_DATA;
  const report = join(folder, 'report.json');
  spawnSync(
    node24,
    [
      '--disable-warning=ExperimentalWarning',
      bin('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...positionals,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      // What a test leaves behind, even one that was killed, goes with the folder of the run.
      env: { UV_THREADPOOL_SIZE: '24', ...process.env, TMPDIR: folder },
    },
  );
  if (existsSync(report)) {
    const totals = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numFailedTestSuites: number;
    };
    passed += totals.numPassedTests;
    failed += totals.numFailedTests || Math.min(1, totals.numFailedTestSuites);
    skipped += totals.numPendingTests;
  } else {
    failed += 1;
    console.log('✗ Vitest wrote no report.');
  }
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 ? 1 : 0);
