import type { DuckDBConnection } from '@duckdb/node-api';
import { refuseUniques } from '../identifiers/unique-limit.ts';
import { countAlike, type Uniqueness } from '../identifiers/uniqueness.ts';
import type { Decided } from '../plausibility/decisions.ts';
import { judge, type Deciding } from '../plausibility/judge.ts';
import { leaveOut } from '../plausibility/leave-out.ts';
import type { Progress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import type { Told } from '../releases/periods-before.ts';
import { account, refuseMostlyQuarantined, type Accounts } from './account.ts';
import { writeBreaks } from './breaks.ts';
import { conform, createCategories } from './conform.ts';
import { refuseJoinedPeople } from './joined-people.ts';
import { loadExtracts, type Loaded, type OnReceived } from './load.ts';
import { periodsOf, refuseEmptiedPeriods, refuseLostPeriods, type Periods } from './lost-periods.ts';
import { refuseNewPeople } from './new-people.ts';
import { writePolicy } from './publish.ts';
import { runSqlFile } from './sql-file.ts';
import { cellTypes, createTypes, type CellTypes } from './types.ts';

/** What an operator accepts that is refused otherwise. */
export interface Accepting extends Deciding {
  /** The share of people who may be the only one with their post and one characteristic more; by default what is usual. */
  uniqueLimit?: number;
  /** Accepts organisations whose people are all others from one month to the next. */
  newPeople?: boolean;
  /** Accepts that periods of the release before vanish. */
  fewerPeriods?: boolean;
}

export interface Taken {
  loaded: Loaded;
  /** How many people stand out by what is recorded of them: for the operator alone. */
  alike: Uniqueness[];
  /** Why these files cannot be built from, all that is known of it. */
  refusals: Refusal[];
}

export interface Admitted {
  types: CellTypes;
  accounts: Accounts;
  periods: Periods;
  refusals: Refusal[];
  /** What looks odd in a month and does not stop a build. */
  notices: string[];
  /** What was accepted or left out now, to be kept once the build stands. */
  decisions: Decided[];
}

/** Reads every file into its table and judges the files by themselves and among each other. Refusals are collected: the operator sees all of them at once. */
export async function takeFiles(
  connection: DuckDBConnection,
  paths: string[],
  kept: string,
  progress: Progress,
  { uniqueLimit, onReceived }: Accepting & { onReceived?: OnReceived },
): Promise<Taken> {
  const loaded = await loadExtracts(connection, paths, kept, progress, onReceived);
  const alike = await countAlike(connection);
  const refusals: Refusal[] = [...loaded.refusals];
  await refuseUniques(connection, alike, uniqueLimit).catch(into(refusals));
  return { loaded, alike, refusals };
}

/**
 * Resolves the codes of what was taken and judges all files together, and against the release `before`: organisations that no list knows, people who
 * are never seen again, periods that would vanish. Whatever a build refuses before it counts is refused here, and a check goes no other way.
 */
export async function admit(
  connection: DuckDBConnection,
  { inputs }: Loaded,
  before: Told | null,
  progress: Progress,
  accepting: Accepting,
): Promise<Admitted> {
  const { newPeople, fewerPeriods } = accepting;
  await createCategories(connection);
  await writePolicy(connection);
  const refusals: Refusal[] = [];
  await writeBreaks(connection).catch(into(refusals));
  await leaveOut(connection, accepting.leaveOut ?? []).catch(into(refusals));
  await runSqlFile(connection, 'lattice/published.sql');
  const types = await cellTypes(connection);
  await createTypes(connection, types);
  progress.begin('conform', 10);
  let step = 0;
  const conformed = await conform(connection, (what) => progress.at((step += 1), what));
  const count = (n: number) => n.toLocaleString('en-GB');
  progress.end(`${count(conformed.people)} people, ${count(conformed.snapshots)} person-months`);
  const accounts = await account(connection, inputs);
  const periods = await periodsOf(connection);
  await refuseMostlyQuarantined(connection, accounts).catch(into(refusals));
  await refuseJoinedPeople(connection).catch(into(refusals));
  await refuseNewPeople(connection, newPeople).catch(into(refusals));
  await refuseEmptiedPeriods(connection, fewerPeriods).catch(into(refusals));
  await refuseLostPeriods(periods, before, fewerPeriods).catch(into(refusals));
  progress.begin('plausibility', 1);
  const judged = await judge(connection, accepting, newPeople).catch(into(refusals));
  progress.end(judged ? `${judged.notices.length} to look into` : 'not judged');
  if (judged?.refusal) refusals.push(judged.refusal);
  return { types, accounts, periods, refusals, notices: judged?.notices ?? [], decisions: judged?.decisions ?? [] };
}

/** Throws what was collected as one Refusal, with the code of the first. */
export function refuseAll(refusals: readonly Refusal[]): void {
  const [first, ...others] = refusals;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw new Refusal(
    first.code,
    first.message,
    [first, ...others].flatMap(({ message, details }, at) => (at === 0 ? details : [message, ...details])),
  );
}

/** Collects a Refusal; anything else is thrown. */
export const into = (refusals: Refusal[]) => (error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
  refusals.push(error);
};
