import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve as resolvePath } from 'node:path';
import { buildIfStale } from '../dashboard/build-if-stale.ts';
import { examples } from './examples.ts';
import { root } from './install.mjs';
import { optionsOf, wrongUsage } from './options.ts';

const help = `npm start [-- options]   the main job on the embedded default

  Makes seeded synthetic extracts, builds and publishes a release, starts the api and the dashboard.
  A second start reuses what is built.

  --data DIR        where extracts and releases are kept (default: data)
  --people N        people in the sample (default 24000)
  --months M        months in the sample (default 48)
  --port P          port of the dashboard (default 3000)
  --api-port P      port of the api (default 4000)
  --once            stop as soon as both answer (for checks)
`;

const { values, positionals } = optionsOf(help, {
  data: { type: 'string', default: 'data' },
  people: { type: 'string', default: '24000' },
  months: { type: 'string', default: '48' },
  port: { type: 'string', default: '3000' },
  'api-port': { type: 'string', default: '4000' },
  once: { type: 'boolean', default: false },
});
if (positionals.length > 0)
  wrongUsage(`npm start takes options only, not "${positionals[0]}"; write them after \`--\`.`);

const data = resolvePath(root, values.data);
const extracts = join(data, 'extracts');
const children: ChildProcess[] = [];
const [port, apiPort] = [portOf('--port', values.port), portOf('--api-port', values['api-port'])];

for (const [name, wanted, flag] of [
  ['dashboard', port, '--port'],
  ['api', apiPort, '--api-port'],
] as const)
  if (!(await isFree(wanted)))
    stop(
      `Port ${wanted} is in use, and the ${name} needs one: end what holds it, or choose another with \`npm start -- ${flag} ${wanted + 1}\`.`,
    );

const started = Date.now();
// The site is built beside the release: it needs one core and nothing of the data.
const site = buildIfStale((line) => console.log(line));
site.catch(() => {});
if (!hasExtracts(extracts))
  await step('Sample extracts', [
    'etl/src/cli.ts',
    'sample',
    '--people',
    values.people,
    '--months',
    values.months,
    '--seed',
    '1',
    '--out',
    extracts,
  ]);
if (!existsSync(join(data, 'releases', 'current.json')))
  await step('Release', ['etl/src/cli.ts', 'build', '--extracts', extracts, '--data', data]);
await site.catch((error: Error) => stop(`The dashboard could not be built: ${error.message}`));

const apiUrl = `http://127.0.0.1:${apiPort}`;
const dashboardUrl = `http://127.0.0.1:${port}`;
serve(['api/src/main.ts', '--data', data, '--port', String(apiPort)]);
await answers(`${apiUrl}/readyz`, 'api');
serve(['dashboard/serve.ts', '--api', apiUrl, '--port', String(port)]);
await answers(`${dashboardUrl}/healthz`, 'dashboard');

console.log(`
Ready in ${((Date.now() - started) / 1000).toFixed(0)} s. All figures are of synthetic people.

  Dashboard   ${dashboardUrl}
  GraphQL     ${apiUrl}/graphql   (an explorer, when opened in a browser)

Three queries to paste there, or after \`npm run query -- --data ${values.data}\`:
${examples.map(({ title, query }) => `\n  # ${title}\n${query.trimEnd().replace(/^/gm, '  ')}`).join('\n')}

Stop with Ctrl-C.`);
if (values.once) stopAll(0);
process.on('SIGINT', () => stopAll(0));
process.on('SIGTERM', () => stopAll(0));

function portOf(flag: string, text: string): number {
  const wanted = Number(text);
  if (Number.isInteger(wanted) && wanted > 0 && wanted < 65_536) return wanted;
  return wrongUsage(`${flag} must be a port number from 1 to 65535, not "${text}".`);
}

/** Whether there are extracts to load: a sample is whole once its truth is written, which comes last. */
function hasExtracts(folder: string): boolean {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const isSample = names.some((name) => name.endsWith('-synthetic.csv'));
  return isSample ? names.includes('truth.json') : names.length > 0;
}

async function step(name: string, args: string[]): Promise<void> {
  console.log(`\n${name}`);
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: process.env });
  children.push(child);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0) stop(`${name} did not finish; what it printed above says why.`);
}

function serve(args: string[]): void {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: process.env });
  children.push(child);
  child.on('exit', (code) => {
    if (code) {
      console.error(`${args[0]} ended with code ${code}.`);
      stopAll(1);
    }
  });
}

/** Resolves when the address answers; asks ten times a second for half a minute. */
async function answers(url: string, name: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stop(`The ${name} did not answer at ${url} within 30 s.`);
}

function isFree(wanted: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function stopAll(code: number): never {
  for (const child of children) child.kill('SIGTERM');
  process.exit(code);
}

function stop(sentence: string): never {
  console.error(`\n${sentence}`);
  return stopAll(1);
}
