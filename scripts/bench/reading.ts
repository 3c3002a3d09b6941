import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openWorkshop } from '../../sql/src/open.ts';
import { Progress } from '../../etl/src/progress.ts';
import { loadExtracts } from '../../etl/src/steps/load.ts';
import { seconds, type Benchmark, type Outcome } from './benchmark.ts';
import { workforceFiles } from './extracts.ts';

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

/**
 * The reading step of a build (recognise, hash, prove plain, type, judge every value, look for identifiers, find repeats, keep for the next
 * build) against DuckDB’s `read_csv` of the same files into a table, which does none of it.
 */
export const reading: Benchmark = {
  name: 'reading',
  about:
    'reading workforce extracts, as the contract has them and in a supplier’s layout, against DuckDB’s read_csv of the same bytes',
  async run({ rows, rounds, folder }) {
    const files = await workforceFiles(join(folder, 'extracts'), rows);
    const supplier = suppliersOwn(files, join(folder, 'supplier'));
    return [
      await beside('reading', files, 3, rounds, folder),
      await beside('reading, other names', supplier, 4, rounds, folder),
    ];
  },
};

/** The same files with a column name that is not the contract’s, so that missing markers, codes and forms of dates are looked for. */
function suppliersOwn(files: readonly string[], folder: string): string[] {
  mkdirSync(folder);
  return files.map((file) => {
    const path = join(folder, basename(file));
    const text = readFileSync(file, 'latin1');
    const end = text.indexOf('\n');
    writeFileSync(path, text.slice(0, end).replace('contracted_fte', 'WTE') + text.slice(end), 'latin1');
    return path;
  });
}

async function beside(
  title: string,
  files: readonly string[],
  limit: number,
  rounds: number,
  folder: string,
): Promise<Outcome> {
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
        read = (await loadExtracts(connection, [...files], received, new Progress({ quiet: true }))).rows.read;
      }),
    );
    instance.closeSync();
  }
  const note = `${read.toLocaleString('en-GB')} rows in ${files.length} files`;
  return { title, ours, peer, peerTitle: 'read_csv', unit: 's', limit, notes: [note] };
}
