import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildRelease } from './build-release.ts';
import { seconds, type Benchmark, type Outcome } from './benchmark.ts';
import { workforceFiles } from './extracts.ts';

/** A month added to what was built before, beside a build of all the files anew, which must give the same bytes, cell for cell. */
export const adding: Benchmark = {
  name: 'adding',
  about: 'a month added to a release, beside a full build of the same files; fails unless both have the same cells',
  async run({ rows, folder }) {
    const [extracts, later] = [join(folder, 'extracts'), join(folder, 'later')];
    const latest = (await workforceFiles(extracts, rows)).toSorted().at(-1)!;
    mkdirSync(later);
    const [held, data] = [join(later, basename(latest)), join(folder, 'data')];
    renameSync(latest, held);
    process.env.AHP_SECRET = randomBytes(32).toString('hex');
    buildRelease(extracts, data);
    renameSync(held, latest);
    let added!: ReturnType<typeof buildRelease>;
    let full!: ReturnType<typeof buildRelease>;
    const month = await seconds(async () => (added = buildRelease(extracts, data)));
    const whole = await seconds(async () => (full = buildRelease(extracts, join(folder, 'anew'))));
    const read = added.inputs.filter(({ kept }) => !kept).map(({ file }) => file);
    if (read.join() !== basename(latest))
      throw new Error(`More was read again than the added month: ${read.join(', ')}`);
    for (const [name, { cells }] of Object.entries(full.files))
      if (added.files[name]?.cells !== cells) throw new Error(`${name} of the added month differs from a full build.`);
    const told = `${full.rows.read.toLocaleString('en-GB')} rows; the cells of ${Object.keys(full.files).length} files are equal, byte for byte; memory ${(full.peakMemory / 2 ** 30).toFixed(2)} GiB at most`;
    return [
      {
        title: 'a month added',
        ours: [month],
        peer: [whole],
        peerTitle: 'all anew',
        unit: 's',
        limit: 1,
        notes: [told],
      },
    ] satisfies Outcome[];
  },
};
