import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentVersion } from '../src/releases/folder.ts';
import { finishBefore } from '../src/releases/life.ts';
import { readLog } from '../src/releases/log.ts';
import { verifyRelease } from '../src/releases/verify.ts';
import { randomStream } from '../src/sample/random.ts';
import { addSmall, emptyData } from './small-release.ts';

/** Kills of a process that does nothing but change which release is current; AHP_KILLS=500 for the long run. */
const kills = Number(process.env.AHP_KILLS ?? 20);
const versions = ['1.0.0', '1.1.0', '1.2.0'];
const { data, remove } = emptyData();
const random = randomStream(11, 'commands');
const script = fileURLToPath(new URL('roll-back-and-forth.ts', import.meta.url));

beforeAll(async () => {
  for (const version of versions) await addSmall(data, version);
});
afterAll(remove);

/** Starts rolling, and kills the process at a random moment after its third change. Returns the versions that it said. */
function killedWhileRolling(): Promise<string[]> {
  const child = spawn(process.execPath, [script, data, ...versions], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    if (said.length === 3) setTimeout(() => child.kill('SIGKILL'), random.next() * 40);
  });
  return new Promise((resolve) => child.on('close', () => resolve(said)));
}

test(
  `${kills} kills lose no change that was acknowledged, tear nothing, and leave nothing behind`,
  { timeout: 60_000 + kills * 10_000 },
  async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      const said = await killedWhileRolling();
      const after = (version: string) => versions[(versions.indexOf(version) + 1) % versions.length]!;
      const acknowledged = said.at(-1)!;
      // The change under way when it was killed is there or not; if it was written down, the next command completes it.
      expect([acknowledged, after(acknowledged)]).toContain(currentVersion(data));
      await finishBefore(data);
      const current = currentVersion(data)!;
      expect([acknowledged, after(acknowledged)]).toContain(current);
      expect(readLog(data).at(-1)!.version).toBe(current);
      expect(await verifyRelease(data, current)).toEqual([]);
    }
    expect(readdirSync(join(data, 'releases')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  },
);
