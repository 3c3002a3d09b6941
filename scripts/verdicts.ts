// Writes how often control charts are wrong where nothing happens, and how often they find that twice as many leave: what /methods prints.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { macroDatabase } from '../api/src/statistics/macro-database.ts';
import { simulateVerdicts } from '../api/src/statistics/simulated-verdicts.ts';
import { root } from './install.mjs';
import { optionsOf } from './options.ts';

const help = `npm run verdicts -- [options]   simulates the charts of employers of 40, 70, 150 and 300 people for each audience

  --employers N   employers of each size (1000)
  --seed N        of the random numbers (1)
`;
const { values } = optionsOf(help, {
  employers: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
});
const database = await macroDatabase();
const found = await simulateVerdicts(database, { employers: Number(values.employers), seed: Number(values.seed) });
await database.close();
const file = join(root, 'dashboard', 'src', 'lib', 'methods', 'verdicts.json');
writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
console.table(found);
console.log(`Wrote ${file}`);
