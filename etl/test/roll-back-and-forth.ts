// Rolls a data folder back and forth until it is killed, saying each version once it is current.
import { currentVersion } from '../src/releases/folder.ts';
import { rollBack } from '../src/releases/life.ts';

const [data, ...versions] = process.argv.slice(2) as [string, ...string[]];
for (;;) {
  const next = versions[(versions.indexOf(currentVersion(data)!) + 1) % versions.length]!;
  await rollBack(data, next, { by: 'Dee' });
  process.stdout.write(`${next}\n`);
}
