import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkshop } from '../../sql/src/open.ts';
import { Progress } from '../../etl/src/progress.ts';
import { loadExtracts } from '../../etl/src/steps/load.ts';
import { seconds, type Benchmark } from './benchmark.ts';
import { workforceFiles } from './extracts.ts';

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

/**
 * The reading step of a build (recognise, hash, prove plain, type, judge every value, look for identifiers, find repeats, keep for the next
 * build) against DuckDB’s `read_csv` of the same files into a table, which does none of it.
 */
export const reading: Benchmark = {
  name: 'reading',
  about: 'reading workforce extracts, against DuckDB’s read_csv of the same bytes',
  async run({ rows, rounds, folder }) {
    const files = await workforceFiles(join(folder, 'extracts'), rows);
    const [ours, peer]: [number[], number[]] = [[], []];
    let read = 0;
    for (let round = 0; round < rounds; round++) {
      const bare = await openWorkshop(':memory:', { memory: '1200MB' });
      const raw = await bare.connect();
      peer.push(
        await seconds(() =>
          raw.run(`create table raw as from read_csv([${files.map(quoted).join(', ')}], header = true)`),
        ),
      );
      bare.closeSync();

      const received = join(folder, 'received');
      rmSync(received, { recursive: true, force: true });
      const instance = await openWorkshop(':memory:', { memory: '1200MB' });
      const connection = await instance.connect();
      ours.push(
        await seconds(async () => {
          read = (await loadExtracts(connection, files, received, new Progress({ quiet: true }))).rows.read;
        }),
      );
      instance.closeSync();
    }
    const note = `${read.toLocaleString('en-GB')} rows in ${files.length} files`;
    return [{ title: 'reading', ours, peer, peerTitle: 'read_csv', unit: 's', limit: 3, notes: [note] }];
  },
};
