import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { ManifestCheck } from '../releases/manifest.ts';
import { runSqlFile } from './sql-file.ts';

export interface LedgerSummary {
  pairs: number;
  rows: number;
  imbalances: number;
  /** Blocks when heads or FTE of one organisation do not balance. */
  check: ManifestCheck;
  /** People-pairs by flow class, over quarters. */
  flows: Record<string, number>;
}

/** Fills the ledger and checks that heads and FTE balance for every organisation and pair of snapshots. */
export async function fillLedger(connection: DuckDBConnection, onStep: (what: string) => void): Promise<LedgerSummary> {
  for (const name of ['quarter_end', 'pair', 'stage_rank', 'employer', 'unfollowed', 'comeback', 'ledger', 'balance']) {
    onStep(name);
    await runSqlFile(connection, `ledger/${name}.sql`);
  }
  const [counts] = await rowsOf<{ pairs: number; rows: number; imbalances: number }>(
    connection,
    `select (select count(*)::integer from pair) as pairs, (select count(*)::integer from ledger) as rows,
       (select count(*)::integer from imbalance) as imbalances`,
  );
  const flows = await rowsOf<{ flow: string; n: number }>(
    connection,
    `select flow, count(*)::integer as n from ledger where grain = 'quarter' group by flow order by n desc`,
  );
  const { imbalances } = counts!;
  return {
    ...counts!,
    check: {
      id: 'ledger_balances',
      title: 'Start + in − out = end, for heads and FTE, every organisation and pair of snapshots',
      passed: imbalances === 0,
      figure: `${imbalances} out of balance`,
      blocks: true,
    },
    flows: Object.fromEntries(flows.map(({ flow, n }) => [flow, n])),
  };
}
