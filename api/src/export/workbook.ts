import { Worker } from 'node:worker_threads';
import type { Workbook } from './workbook-file.ts';
import { Unwritable } from './unwritable.ts';

/** Cells of a workbook, at most: it is made in memory. */
const largest = 1_000_000;
/** Megabytes that making one may take. */
const memory = 768;

/** Writes a workbook in a thread of its own, with memory of its own, so that others are answered meanwhile. Throws `Unwritable` where it is too large. */
export async function workbookOf(workbook: Workbook): Promise<Buffer> {
  const cells = workbook.sheets.reduce(
    (sum, { table }) => sum + (table ? table.rows.length * table.columns.length : 0),
    0,
  );
  if (cells > largest)
    throw new Unwritable(
      `This workbook would have ${cells.toLocaleString('en-GB')} cells, and it may have ${largest.toLocaleString('en-GB')}: take CSV or Parquet, or ask for less.`,
    );
  const worker = new Worker(new URL('./workbook-thread.ts', import.meta.url), {
    workerData: workbook,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread of the workbook ended with ${code}`)));
    });
  } finally {
    await worker.terminate();
  }
}
