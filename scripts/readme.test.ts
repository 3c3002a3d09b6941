import { execFile } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples } from './examples.ts';
import { root } from './install.mjs';

const run = promisify(execFile);
const home = mkdtempSync(join(tmpdir(), 'ahp-readme-'));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'));

// One secret for all runs: the noise is then the same, and a test that fails fails again.
const env = { ...process.env, AHP_SECRET: '940c5e50096f15cccb9d72346ac6e5a96a005563a4cc70c6f7161243f1bbeb51' };
const node = (args: string[]) => run(process.execPath, args, { cwd: root, maxBuffer: 1 << 26, env });

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The entry point of an npm script ("node scripts/run.mjs etl/src/cli.ts") and the words of the command line after `--`. */
function argumentsOf(command: string): string[] {
  const [, script, rest] = /^npm run (\w+) -- (.*)$/.exec(command)!;
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const words = [...rest!.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  const here = (word: string) => (/^(data|extracts)\/?$/.test(word) ? join(home, word) : word);
  return [...scripts[script!]!.split(' ').slice(1), ...words.map(here)];
}

beforeAll(async () => {
  await node([
    'scripts/run.mjs',
    'etl/src/cli.ts',
    'sample',
    '--people',
    '1500',
    '--months',
    '12',
    '--out',
    join(home, 'extracts'),
  ]);
  await node([
    'scripts/run.mjs',
    'etl/src/cli.ts',
    'build',
    '--extracts',
    join(home, 'extracts'),
    '--data',
    join(home, 'data'),
  ]);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('every command of the README', () => {
  it('names the two commands', () => {
    expect(commands).toEqual(expect.arrayContaining(['npm start', 'npm test']));
  });

  const short = commands.filter((command) => /^npm run (etl|query) /.test(command));
  it.each(short)(
    '%s',
    async (command) => {
      const { stdout } = await node(argumentsOf(command));
      expect(stdout.length).toBeGreaterThan(10);
    },
    240_000,
  );

  it('npm start makes, builds and serves, and prints queries that are answered', async () => {
    const ports = await Promise.all([freePort(), freePort()]);
    const options = [
      '--data',
      join(home, 'started'),
      '--people',
      '1500',
      '--months',
      '12',
      '--port',
      `${ports[0]}`,
      '--api-port',
      `${ports[1]}`,
    ];
    // What a start that was killed left behind is made anew.
    mkdirSync(join(home, 'started', 'extracts'), { recursive: true });
    writeFileSync(join(home, 'started', 'extracts', 'workforce-2026-01-synthetic.csv'), 'snapshot_date,per');
    const { stdout } = await node(['scripts/start.mjs', ...options, '--once']);
    expect(stdout).toContain('Sample extracts');
    expect(stdout).toContain(`http://127.0.0.1:${ports[0]}`);
    expect(stdout).toContain(`http://127.0.0.1:${ports[1]}/graphql`);
    const again = await node(['scripts/start.mjs', ...options, '--once', '--sign-in']);
    expect(again.stdout).not.toContain('Sample extracts');
    expect(again.stdout).toContain(`http://127.0.0.1:${ports[0]}/sign-in`);
    writeFileSync(join(home, 'started', 'access.json'), '{}', { mode: 0o600 });
    const real = await node(['scripts/start.mjs', ...options, '--once', '--sign-in']).catch((error: Error) => error);
    expect(real).toMatchObject({ code: 1, stderr: expect.stringContaining('--sign-in is for the sample') });
  }, 300_000);

  it.each([
    ['start.mjs', '--bogus', "Unknown option '--bogus'."],
    ['start.mjs', '--port=x', '--port must be a port number from 1 to 65535, not "x".'],
    ['start.mjs', 'now', 'npm start takes options only, not "now"'],
    ['test.mjs', '--only=nothing', 'There is no check "nothing".'],
  ])('%s says what is wrong with %s', async (script, word, sentence) => {
    const failure = await node([`scripts/${script}`, word]).catch((error: { stderr: string; code: number }) => error);
    expect(failure).toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) });
  });

  it('says in a sentence that a port is taken', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as AddressInfo).port)),
    );
    const failure = await node(['scripts/start.mjs', '--port', `${port}`, '--once']).catch(
      (error: { stderr: string; code: number }) => error,
    );
    taken.close();
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining(`Port ${port} is in use`) });
  });
});

it('every setting that the code reads is told of', () => {
  const settings = globSync('{api,etl,sql,dashboard}/src/**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\benv\.(AHP_[A-Z_]+)/g)].map(([, setting]) => setting!),
  );
  expect(new Set(settings).size).toBeGreaterThan(8);
  for (const setting of settings) expect(readme).toContain(`\`${setting}\``);
});

it('every dependency has its place in the table of dependencies, and no other is listed', () => {
  const manifests = ['.', 'sql', 'etl', 'api', 'dashboard'].map(
    (folder) =>
      JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
        dependencies?: Record<string, string>;
        devDependencies?: Record<string, string>;
      },
  );
  const versions = manifests.flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => !name.startsWith('@ahp/')),
  );
  for (const [name, version] of versions) expect(version, `${name} has an exact version`).toMatch(/^\d+\.\d+\.\d+/);
  const table = readme.slice(readme.indexOf('## Dependencies'), readme.indexOf('## Honest limits'));
  const listed = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names]) => names!.match(/@?[a-z][\w./-]*/g) ?? []);
  expect(new Set(listed.filter((name) => name !== 'package'))).toEqual(new Set(versions.map(([name]) => name)));
});

describe('the queries that npm start prints', () => {
  it.each(examples.map(({ title, query }) => [title, query] as const))('%s', async (title, query) => {
    const answer = await node(['scripts/run.mjs', 'api/src/query-cli.ts', query, '--data', join(home, 'data')]).catch(
      (error: { stdout: string }) => error,
    );
    const { data } = JSON.parse(answer.stdout) as {
      data: Record<string, { rows?: unknown[]; alternatives?: { query: string }[] }>;
    };
    const [result] = Object.values(data);
    if (!title.includes('refused')) return expect(result!.rows!.length).toBeGreaterThan(0);
    expect(result!.alternatives!.length).toBeGreaterThan(0);
    for (const alternative of result!.alternatives!) {
      const { stdout } = await node([
        'scripts/run.mjs',
        'api/src/query-cli.ts',
        alternative.query,
        '--data',
        join(home, 'data'),
      ]);
      expect(stdout).not.toContain('"alternatives"');
    }
  });
});
