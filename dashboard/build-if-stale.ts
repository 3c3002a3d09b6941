import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const home = dirname(fileURLToPath(import.meta.url));
const builds = join(home, 'build');
const lock = join(home, 'build', 'building.pid');

/** One hash of everything that the build is made of. */
function sourceHash(): string {
  const files = globSync(
    [
      'src/**/*',
      'static/**/*',
      'vite.config.ts',
      'package.json',
      '../api/src/identity/{dashboard-token,private-file}.ts',
    ],
    {
      cwd: home,
      withFileTypes: true,
    },
  )
    .filter((entry) => entry.isFile())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)))
    .sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(home, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Takes the lock, or waits for whoever holds it; a lock whose holder has died is taken over. */
async function takeTurn(): Promise<void> {
  mkdirSync(builds, { recursive: true });
  for (;;) {
    try {
      return writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (holder && !isRunning(holder)) rmSync(lock, { force: true });
      else await wait(200);
    }
  }
}

/** Removes all builds but the two newest: a server that still runs may load parts of the one before. */
function tidy(): void {
  const age = (name: string) => statSync(join(builds, name)).mtimeMs;
  const old = readdirSync(builds, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  for (const name of old.sort((one, other) => age(other) - age(one)).slice(2))
    rmSync(join(builds, name), { recursive: true, force: true });
}

async function build(folder: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  // A build is the same whatever the settings of the server are that it is made for.
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('AHP_'));
  const env = {
    ...Object.fromEntries(others),
    NODE_ENV: 'production',
    AHP_DASHBOARD_OUT: relative(home, folder),
  };
  await promisify(execFile)(process.execPath, [vite, 'build'], { cwd: home, maxBuffer: 1 << 26, env }).catch(
    (cause: { stdout?: string; stderr?: string }) => {
      const said = `${cause.stdout ?? ''}${cause.stderr ?? ''}`.trim().split('\n').slice(-20).join('\n');
      throw new Error(`The dashboard could not be built:\n${said}`);
    },
  );
  writeFileSync(join(folder, 'finished'), '');
}

/**
 * Builds the site when there is no build of its present sources, and returns the folder of that build; `say` gets one line
 * before and one after. Builds of several processes wait for each other.
 * Throws with the end of the build's own output when it fails.
 */
export async function buildIfStale(say: (line: string) => void): Promise<string> {
  const folder = join(builds, sourceHash());
  const isBuilt = () => existsSync(join(folder, 'finished'));
  if (isBuilt()) return folder;
  await takeTurn();
  try {
    if (isBuilt()) return folder;
    const first = readdirSync(builds, { withFileTypes: true }).every((entry) => !entry.isDirectory());
    say(
      first ? 'Building the dashboard for the first time …' : 'The dashboard’s sources have changed: building again …',
    );
    const started = performance.now();
    await build(folder);
    tidy();
    say(`Built the dashboard in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    return folder;
  } finally {
    rmSync(lock, { force: true });
  }
}
