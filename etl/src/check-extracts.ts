import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import type { Uniqueness } from './identifiers/uniqueness.ts';
import type { Progress } from './progress.ts';
import { Refusal } from './refusal.ts';
import { releaseBefore } from './releases/changes.ts';
import { periodsBefore } from './releases/periods-before.ts';
import { inPrivateFolder } from './releases/private-folder.ts';
import { account, refuseMostlyQuarantined } from './steps/account.ts';
import { admit, into, takeFiles, type Accepting } from './steps/admit.ts';
import type { CheckResult } from './steps/check.ts';
import type { Checked } from './steps/describe.ts';
import { newPeriods } from './steps/lost-periods.ts';
import { rejectedByFile } from './steps/quarantine.ts';
import { writeList } from './steps/write-list.ts';

export interface CheckOptions extends Accepting {
  files: string[];
  /** Data folder: the files are judged as the next build into it would, against the release that is served from there. */
  data?: string;
  /** Throws Refusal when a build into the data folder would have no secret, or another than before. */
  secret?: (synthetic: boolean) => void;
  /** Memory of the engine, as DuckDB writes it: "2GB". */
  memory: string;
  /** A CSV file to write every quarantined row to. */
  rejects?: string;
  progress: Progress;
}

export interface CheckReport {
  /** Of every file that could be taken: what was read, loaded and quarantined, and why. */
  results: Checked[];
  /** Why a build from these files would be refused, all that can be told without one. */
  refusals: Refusal[];
  notes: string[];
  uniqueness: Uniqueness[];
  /** Whether the files were judged all together, as a build does, and not each by itself. */
  together: boolean;
  /** The release that they were compared with. */
  against: string | null;
  /** Periods that it does not have yet, a line for each extract. */
  added: string[];
  /** Organisations that are silent in months in which others of their nation reported, and nations in which all are. */
  coverage: { area: string; note: string }[];
}

/**
 * Goes the way of a build up to where it begins to count, and keeps nothing. Folders, and whatever is checked against a data folder, are judged all together;
 * files named one by one by themselves, for the lists that they need may lie elsewhere.
 */
export async function checkExtracts(options: CheckOptions): Promise<CheckReport> {
  return inPrivateFolder(options.data, (folder) => checkIn(folder, options));
}

async function checkIn(folder: string, options: CheckOptions): Promise<CheckReport> {
  const { files, data, progress } = options;
  const instance = await openWorkshop(':memory:', { memory: options.memory, temporary: join(folder, 'spill') });
  try {
    const connection = await instance.connect();
    const secret: Refusal[] = [];
    const { loaded, alike, refusals } = await takeFiles(connection, files, join(folder, 'kept'), progress, {
      ...options,
      onReceived: ({ synthetic, hasStaff }) => {
        if (data === undefined || !hasStaff) return;
        try {
          options.secret?.(synthetic);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          secret.push(error);
        }
      },
    });
    refusals.push(...secret);
    const { notes } = loaded;
    const before = data === undefined ? null : await periodsBefore(data, await releaseBefore(data));
    if (data !== undefined && before === null) notes.push(`There is no release in ${data} to compare with.`);
    const together = data !== undefined || files.some((path) => statSync(path).isDirectory());
    const judged = together && loaded.refusals.length === 0;
    const report = { notes, uniqueness: alike, together: judged, against: before?.version ?? null };
    if (!judged) {
      // What a build would make of these rows whatever else it were given.
      if (loaded.refusals.length === 0)
        await refuseMostlyQuarantined(connection, await account(connection, loaded.inputs)).catch(into(refusals));
      const results = await settled(connection, loaded.results, options.rejects);
      return { ...report, results, refusals, added: [], coverage: [] };
    }
    const admitted = await admit(connection, loaded, before, progress, options);
    notes.push(...admitted.notices);
    return {
      ...report,
      results: await settled(connection, loaded.results, options.rejects),
      refusals: [...refusals, ...admitted.refusals],
      added: newPeriods(admitted.periods, before),
      coverage: await rowsOf(
        connection,
        `select nation as area, 'no organisation after ' || strftime(max(last), '%Y-%m') as note from coverage
         group by nation having max(last) < (select max(last) from coverage)
         union all select area, note from (select organisation as area, note from coverage where alert order by n / months, organisation)`,
      ),
    };
  } finally {
    instance.closeSync();
  }
}

/** What came of each file in the end: resolving codes quarantines rows too. */
async function settled(
  connection: Parameters<typeof rejectedByFile>[0],
  results: readonly (CheckResult & { number: number })[],
  rejects: string | undefined,
): Promise<Checked[]> {
  if (rejects !== undefined)
    await writeList(
      connection,
      `select file, line, column_name as "column", reason, masked_value, value from quarantine order by source_file, line, column_name`,
      rejects,
    );
  const rejected = await rejectedByFile(connection);
  return results.map(({ number, ...result }) => {
    const { quarantined, reasons } = rejected.get(number) ?? { quarantined: 0, reasons: [] };
    return { ...result, loaded: result.read - quarantined, quarantined, reasons };
  });
}
