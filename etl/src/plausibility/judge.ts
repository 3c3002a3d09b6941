import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from '../extracts/sql-text.ts';
import { Refusal } from '../refusal.ts';
import { readDecisions, type Decided } from './decisions.ts';
import { judgeMonths, type Finding } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import { findingText, readerText, shareOf } from './words.ts';

/** What an operator lets pass or leaves out. */
export interface Deciding {
  /** Names of findings to let pass. */
  accept?: readonly string[];
  /** Why, one for each, or one for all. */
  because?: readonly string[];
  /** Organisations and months to take for silent: RAX:2026-03. */
  leaveOut?: readonly string[];
  /** The data folder, where earlier decisions are kept. */
  data?: string;
}

export interface Judgement {
  /** Null when nothing stops. */
  refusal: Refusal | null;
  /** What is told and does not stop, a sentence each. */
  notices: string[];
  /** What was decided now, to be kept once the build stands. */
  decisions: Decided[];
}

/**
 * Judges every month, lets pass what is accepted by name now or was for the same rows, and keeps what was let pass in `accepted_finding`, from where the release
 * marks its figures. Throws Refusal for names of findings that there are not.
 */
export async function judge(connection: DuckDBConnection, deciding: Deciding, newPeople = false): Promise<Judgement> {
  const findings = await judgeMonths(connection, newPeople);
  const reasons = reasonsOf(deciding);
  refuseUnknown([...reasons.keys()], findings);
  const earlier = readDecisions(deciding.data).filter(({ what }) => what === 'accepted');
  const decisions: Decided[] = [];
  const stopping: string[] = [];
  await createAccepted(connection);
  for (const finding of findings.filter(({ stops }) => stops)) {
    const { name, statistic, stopsAt, base } = finding;
    const before = earlier.filter(({ of }) => of === name);
    const because = reasons.get(name);
    const fingerprint = because !== undefined || before.length > 0 ? await fingerprintOf(connection, finding) : '';
    const known = before.findLast((one) => one.fingerprint === fingerprint);
    const reason = because ?? known?.because;
    if (reason === undefined)
      stopping.push(
        `${findingText(finding)}${before.length > 0 ? ` (Accepted on ${before.at(-1)!.at.slice(0, 10)} for other rows.)` : ''}`,
      );
    else await keepAccepted(connection, finding, reason);
    if (because !== undefined && known?.because !== because)
      decisions.push({
        what: 'accepted',
        of: name,
        because,
        statistic,
        stopsAt,
        base,
        fingerprint,
      });
  }
  for (const of of deciding.leaveOut ?? []) decisions.push({ what: 'left out', of });
  const notices = findings.filter(({ stops }) => !stops).map((finding) => `Look into it: ${findingText(finding)}`);
  return { refusal: stopping.length > 0 ? refusalOf(stopping, findings) : null, notices, decisions };
}

function reasonsOf({ accept = [], because = [] }: Deciding): Map<string, string> {
  const reasons = because.map((reason) => reason.trim()).filter((reason) => reason !== '');
  if (accept.length > 0 && reasons.length !== accept.length && reasons.length !== 1)
    throw new Refusal('because_missing', `${accept.length} findings are accepted for ${reasons.length} reasons.`, [
      'Give one reason for each, in the same order, or one for all: --accept lost:RAX:2026-03 --because "Ward closed 14 March".',
    ]);
  return new Map(accept.map((name, i) => [name, reasons[i] ?? reasons[0]!]));
}

function refuseUnknown(names: readonly string[], findings: readonly Finding[]): void {
  const known = findings.filter(({ stops }) => stops).map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Refusal('unknown_finding', `There is no finding ${unknown.join(', ')} to accept.`, [
    known.length === 0
      ? 'These extracts have none.'
      : `There are: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.`,
    'A finding is accepted by its whole name, each by itself.',
  ]);
}

function refusalOf(stopping: readonly string[], findings: readonly Finding[]): Refusal {
  const example = findings[0]!;
  const place = findings.find(({ level, stops }) => level === 'organisation' && stops);
  const most = 40;
  return new Refusal(
    'implausible',
    `${stopping.length} finding${stopping.length === 1 ? ' says' : 's say'} that a month can’t be true: nothing was built.`,
    [
      ...stopping.slice(0, most),
      ...(stopping.length > most ? [`And ${stopping.length - most} more.`] : []),
      `Send a corrected file; or, where it is true, accept it by name: --accept ${example.name} --because "why it is true"${place ? `; or take the employer for silent in that month: --leave-out ${place.area}:${place.periodEnd.slice(0, 7)}` : ''}.`,
    ],
  );
}

async function createAccepted(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'create or replace table accepted_finding (name varchar, "check" varchar, level varchar, area varchar, period_end date, share double, reason varchar, note varchar)',
  );
}

async function keepAccepted(connection: DuckDBConnection, finding: Finding, reason: string): Promise<void> {
  const texts = [finding.name, finding.check, finding.level, finding.area].map(quoted).join(', ');
  await connection.run(
    `insert into accepted_finding values (${texts}, date ${quoted(finding.periodEnd)}, ${shareOf(finding) ?? 'null'}, ${quoted(reason)}, ${quoted(readerText(finding, reason))})`,
  );
}
