import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve as resolvePath } from 'node:path';
import { promisify } from 'node:util';
import { samplePeople, writeSampleSignIn, type SampleProvider } from '../dashboard/sample-sign-in.ts';
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
  --sign-in         let anybody sign in as one of the sample's people, to see what they would see
  --once            stop as soon as both answer (for checks)
`;

const { values, positionals } = optionsOf(help, {
  data: { type: 'string', default: 'data' },
  people: { type: 'string', default: '24000' },
  months: { type: 'string', default: '48' },
  port: { type: 'string', default: '3000' },
  'api-port': { type: 'string', default: '4000' },
  'sign-in': { type: 'boolean', default: false },
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

let stopping = false;
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
const settings = values['sign-in'] ? await sampleSignIn() : {};
serve(['api/src/main.ts', '--data', data, '--port', String(apiPort)]);
await answers(`${apiUrl}/readyz`, 'api');
serve(['dashboard/serve.ts', '--api', apiUrl, '--port', String(port)]);
await answers(`${dashboardUrl}/healthz`, 'dashboard');

console.log(`
Ready in ${((Date.now() - started) / 1000).toFixed(0)} s. All figures are of synthetic people.

  Dashboard   ${dashboardUrl}${values['sign-in'] ? `\n  Sign in     ${dashboardUrl}/sign-in   (as one of four people of the sample)` : ''}
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

/** How often a server is started again within a minute before all is stopped. */
const restartsAtMost = 3;

/** Keeps a server running: one that ends by itself is started again, which is said. */
function serve(args: string[], restarts: readonly number[] = []): void {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...settings },
  });
  children.push(child);
  child.on('exit', (code, signal) => {
    if (stopping) return;
    const recent = restarts.filter((at) => Date.now() - at < 60_000);
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    if (recent.length >= restartsAtMost) stop(`${args[0]} ${how}, once more after ${restartsAtMost} new starts.`);
    console.error(`${args[0]} ${how}; it is started again.`);
    children.splice(children.indexOf(child), 1);
    serve(args, [...recent, Date.now()]);
  });
}

/**
 * The settings of api and dashboard with which the sample's people can sign in, through a provider that is started here. Only for figures of invented
 * people, and where no real issuer is set up.
 */
async function sampleSignIn(): Promise<Record<string, string>> {
  const real = ['AHP_SIGN_IN', 'AHP_ACCESS'].find((name) => process.env[name]);
  if (real || existsSync(join(data, 'access.json')))
    stop(
      `--sign-in is for the sample, and real issuers are set up (${real ?? join(data, 'access.json')}): start without it.`,
    );
  const { release, employer } = await employerOfRelease();
  if (!release.synthetic)
    stop('--sign-in lets anybody be anybody of the sample, and this release is of real people: start without it.');
  if (!employer) stop('--sign-in needs an organisation in the release, and this one has none.');
  const people = JSON.stringify(samplePeople);
  const child = spawn(
    process.execPath,
    ['dashboard/sample-provider.ts', '--people', people, '--origin', dashboardUrl],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  children.push(child);
  child.once('exit', () => stop('The sign-in of the sample did not start.'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  child.removeAllListeners('exit');
  const provider = JSON.parse(line.toString()) as Omit<SampleProvider, 'close'>;
  return writeSampleSignIn(join(data, 'sign-in'), employer, provider, dashboardUrl);
}

/** What the release is of, and its largest employer. */
async function employerOfRelease() {
  const question =
    '{ catalogue { release { synthetic } } staff(by: [ORGANISATION], orderBy: [{ measure: HEADCOUNT, direction: DESC }], first: 1) { ... on StaffTable { rows { area { code label } } } } }';
  const query = promisify(execFile)(process.execPath, ['api/src/query-cli.ts', question, '--data', data], {
    cwd: root,
  });
  const { stdout } = await query.catch(() => stop('The release cannot be read.'));
  const answer = JSON.parse(stdout) as {
    data: {
      catalogue: { release: { synthetic: boolean } };
      staff: { rows?: { area: { code: string; label: string } }[] };
    };
  };
  return { release: answer.data.catalogue.release, employer: answer.data.staff.rows?.[0]?.area };
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
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
  process.exit(code);
}

function stop(sentence: string): never {
  console.error(`\n${sentence}`);
  return stopAll(1);
}
