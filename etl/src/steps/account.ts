import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { quoted } from '../extracts/sql-text.ts';
import { leftOutReason } from '../plausibility/leave-out.ts';
import { Refusal } from '../refusal.ts';
import type { ManifestCheck, ManifestInput } from '../releases/manifest.ts';

export interface Accounts {
  inputs: ManifestInput[];
  rows: { read: number; loaded: number; quarantined: number };
  /** Blocks when one row of one file is neither loaded nor quarantined. */
  check: ManifestCheck;
}

/**
 * Where every row of every file is once codes are resolved, counted in the tables themselves: conforming moves rows to the quarantine too.
 * `inputs` are in the order of their numbers, which begin at 1.
 */
export async function account(connection: DuckDBConnection, inputs: readonly ManifestInput[]): Promise<Accounts> {
  const extracts = [...new Set(inputs.map(({ kind }) => kind))];
  const loaded = await byFile(
    connection,
    extracts
      .map((extract) => `select source_file, count(*) as n from ${extract} group by source_file`)
      .join(' union all '),
  );
  const quarantined = await byFile(
    connection,
    'select source_file, count(distinct line) as n from quarantine group by source_file',
  );
  const counted = inputs.map((input, index) => ({
    ...input,
    loaded: loaded.get(index + 1) ?? 0,
    quarantined: quarantined.get(index + 1) ?? 0,
  }));
  const sum = (field: 'read' | 'loaded' | 'quarantined') => counted.reduce((all, input) => all + input[field], 0);
  const rows = { read: sum('read'), loaded: sum('loaded'), quarantined: sum('quarantined') };
  const lost = counted.filter(({ read, loaded, quarantined }) => read !== loaded + quarantined);
  return {
    inputs: counted,
    rows,
    check: {
      id: 'nothing_lost',
      title: 'Rows read = rows loaded + rows quarantined, file by file',
      passed: lost.length === 0,
      figure: [
        `${rows.read} read, ${rows.loaded} loaded, ${rows.quarantined} quarantined`,
        ...lost.map(({ file }) => file),
      ].join('; not balanced: '),
      blocks: true,
    },
  };
}

/** Rows of a file that are few enough to be looked at one by one. */
const few = 10;

/**
 * Refuses to go on when most rows of a file are quarantined, or all people are: a figure without them is worse than none, and the release before would
 * give way to it. Throws Refusal with each file and its most frequent reason.
 */
export async function refuseMostlyQuarantined(connection: DuckDBConnection, { inputs }: Accounts): Promise<void> {
  // What somebody left out on purpose says nothing about the file.
  const onPurpose = await byFile(
    connection,
    `select source_file, count(distinct line) as n from quarantine where reason = ${quoted(leftOutReason)} group by source_file`,
  );
  const staff = inputs.filter(({ kind }) => kind === 'workforce');
  const nobody = staff.length > 0 && staff.every(({ loaded }) => loaded === 0);
  const lost = inputs.filter(({ kind, read, quarantined }, i) => {
    const bad = quarantined - (onPurpose.get(i + 1) ?? 0);
    return (bad > read / 2 && bad >= few) || (nobody && kind === 'workforce');
  });
  if (lost.length === 0) return;
  const reasons = await rowsOf<{ file: string; reason: string }>(
    connection,
    `select file, mode(concat_ws(' ', '“' || column_name || '”', regexp_replace(reason, ' of line [0-9]+$', ' of an earlier line'))) as reason from quarantine group by file`,
  );
  const n = (rows: number) => rows.toLocaleString('en-GB');
  throw new Refusal(
    'mostly_quarantined',
    `most rows of ${lost.length} file${lost.length > 1 ? 's' : ''} cannot be taken, so nothing was built.`,
    lost.map(({ file, read, quarantined }) => {
      const most = reasons.find((found) => found.file === file)?.reason ?? '';
      return `${file}: ${n(quarantined)} of ${n(read)} rows are quarantined, mostly: ${most}. See \`etl check\` for all reasons; correct the file or its layout, or take it out.`;
    }),
  );
}

async function byFile(connection: DuckDBConnection, counts: string): Promise<Map<number, number>> {
  const rows = await rowsOf<{ source_file: number; n: number }>(
    connection,
    `select source_file, n::integer as n from (${counts})`,
  );
  return new Map(rows.map(({ source_file, n }) => [source_file, n]));
}
