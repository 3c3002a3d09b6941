import type { DuckDBConnection } from '@duckdb/node-api';
import { openWorkshop } from '@ahp/sql/open';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { parquetColumns } from '../reading/parquet.ts';
import { sheetTops } from '../reading/workbook.ts';
import { check } from '../steps/check.ts';
import type { Reply, Request, Settings } from './messages.ts';

// The process that reads what we are sent. It answers one request at a time and ends with the one that started it.

const { memory, temporary, files, folders } = JSON.parse(process.argv[2]!) as Settings;
const instance = await openWorkshop(':memory:', { memory: `${memory} bytes`, temporary, only: { files, folders } });
const connection = await instance.connect();

process.on('disconnect', () => process.exit());
process.on('message', (request: Request) => {
  void answer(connection, request)
    .then((answer): Reply => ({ answer }))
    .catch(told)
    .then(tell);
});
tell({ ready: true });

async function answer(connection: DuckDBConnection, request: Request): Promise<unknown> {
  if (request.ask === 'columns') return parquetColumns(connection, request.path);
  if (request.ask === 'sheets') return sheetTops(request.path);
  const { file, threads, spill, received } = request;
  await connection.run(`set threads = ${threads}`);
  await connection.run(`set max_temp_directory_size = '${spill} bytes'`);
  const onProgress = ({ bytes, of }: { bytes: number; of: number }) => tell({ bytes, of });
  const result = await check(file, connection, { cacheDir: received, onProgress });
  for (const table of [file.extract, 'quarantine']) await connection.run(`drop table ${table}`);
  return result;
}

function told(error: unknown): Reply {
  if (!(error instanceof ExtractRefusal)) return { failed: String((error as Error).message) };
  const { code, file, problem, remedy, line, column } = error;
  return { refused: { code, file, problem, remedy, line, column } };
}

function tell(reply: Reply): void {
  process.send!(reply);
}
