import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildData, type Built } from '../test/fixture.ts';
import type { Json } from '../test/json.ts';

let built: Built;
beforeAll(async () => {
  built = await buildData();
});
afterAll(() => built.remove());

const file = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));
const run = (name: string, args: readonly string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) =>
    execFile(process.execPath, [file(name), ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    ),
  );

describe('query', () => {
  test('tells of a damaged release by name, with what to do', async () => {
    const copy = `${built.data}-damaged`;
    cpSync(built.data, copy, { recursive: true });
    try {
      const current = JSON.parse(readFileSync(`${copy}/releases/current.json`, 'utf8')) as { version: string };
      const path = `${copy}/releases/${current.version}/public.duckdb`;
      chmodSync(path, 0o600);
      truncateSync(path, 4096);
      const { code, out, err } = await run('query-cli.ts', ['{ me { audience { id } } }', '--data', copy]);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(
        /^query: release \S+: public\.duckdb has 4096 bytes where .* `npm run etl -- releases verify` says/,
      );
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  const question = '{ staff(by: [NATION]) { ... on StaffTable { rows { area { code } headcount { display } } } } }';
  test('answers one question as JSON, and exits with 0', async () => {
    const { code, out } = await run('query-cli.ts', [question, '--data', built.data]);
    expect(code).toBe(0);
    expect(JSON.parse(out).data.staff.rows.map(({ area }: Json) => area.code)).toEqual([
      'england',
      'northern_ireland',
      'scotland',
      'wales',
    ]);
  });

  test('asks for whom it is told to, with variables', async () => {
    const { code, out } = await run('query-cli.ts', [
      'query($by: [Dimension!]) { me { organisation { code } } staff(by: $by) { ... on StaffTable { rows { band { code } } } } }',
      '--variables',
      '{"by":["BAND"]}',
      '--as',
      'own:RAA',
      '--data',
      built.data,
    ]);
    expect([code, JSON.parse(out).data.me]).toEqual([0, { organisation: { code: 'RAA' } }]);
  });

  test('exits with 1 when refused or failed, even if the question does not ask why', async () => {
    const refused = await run('query-cli.ts', [
      '{ staff(by: [ORGANISATION, BAND, PROFESSION]) { __typename } }',
      '--data',
      built.data,
    ]);
    expect([refused.code, JSON.parse(refused.out).data.staff.__typename]).toEqual([1, 'QueryRefused']);
    const failed = await run('query-cli.ts', ['{ nothing }', '--data', built.data]);
    expect([failed.code, JSON.parse(failed.out).errors.length]).toEqual([1, 1]);
    const nobody = await run('query-cli.ts', [question, '--as', 'own:NOBODY', '--data', built.data]);
    expect([nobody.code, nobody.out, nobody.err]).toEqual([
      1,
      '',
      'query: the current release has no organisation "NOBODY"\n',
    ]);
    const nothing = await run('query-cli.ts', [question, '--data', `${built.data}/none`]);
    expect([nothing.code, nothing.out]).toEqual([1, '']);
    expect(nothing.err).toContain('etl build');
  });

  test('exits with 2 on wrong usage, and helps with 0', async () => {
    for (const args of [[], [question, '--as', 'admin'], [question, '--variables', '{'], [question, '--unknown']])
      expect((await run('query-cli.ts', [...args, '--data', built.data])).code, args.join(' ')).toBe(2);
    expect(await run('query-cli.ts', ['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('own:CODE') });
  });
});

describe('api', () => {
  test('says where it listens, answers, and stops when told', async () => {
    const child = spawn(process.execPath, [file('main.ts'), '--data', built.data, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /api ready at (http:\/\/\S+)\/graphql/.exec(line.toString())![1]!;
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });

  test('says so when the port is in use, when there is no release and when a setting is bad', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const inUse = await run('main.ts', ['--data', built.data, '--port', String(port)]);
    taken.close();
    expect([inUse.code, inUse.err]).toEqual([
      1,
      `api: port ${port} is in use: stop what uses it, or choose another with --port\n`,
    ]);
    const none = await run('main.ts', ['--data', `${built.data}/none`, '--port', '0']);
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('there is no release in')]);
    for (const args of [
      ['--port', 'x'],
      ['--port', '70000'],
      ['--log', 'maybe'],
      ['--keys', '/nowhere.jsonl'],
      ['--tokens', '/nowhere.json'],
      ['--nonsense'],
    ])
      expect((await run('main.ts', ['--data', built.data, ...args])).code, args.join(' ')).toBe(2);
  });
});
