import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateSample } from '../../etl/src/sample/generate.ts';

const months = 47;
/** Workforce rows of a sample for each person and month: people join, leave and hold two posts. */
const rowsPerPersonMonth = 0.731;

/** Makes synthetic extracts with about that many workforce rows, and gives the paths of the workforce files. */
export async function workforceFiles(folder: string, rows: number): Promise<string[]> {
  const people = Math.max(100, Math.round(rows / ((months + 1) * rowsPerPersonMonth)));
  await generateSample({ people, months, seed: 1, out: folder });
  return readdirSync(folder)
    .filter((name) => name.startsWith('workforce'))
    .map((name) => join(folder, name));
}
