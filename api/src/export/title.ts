import type { Answered } from '../query/context.ts';
import { dimensionById, geographies, type Geography } from '../release/dimension.ts';
import { dimensionsIn } from './row-columns.ts';

const subjects = {
  staff: 'Staff in post',
  turnover: 'Turnover',
  retention: 'Retention',
  progression: 'Progression',
  training: 'Training',
  apprenticeships: 'Apprenticeships',
  equity: 'Equity',
  voice: 'Staff voice',
} as const;

/** What a table holds: `Turnover by nation and profession, January to March 2025 to October to December 2025`. */
export function titleOf(answered: Answered): string {
  const split = splitOf(answered).map((id) => dimensionById.get(id)?.label.toLowerCase() ?? id);
  const by = split.length > 0 ? ` by ${split.join(', ').replace(/, ([^,]*)$/, ' and $1')}` : '';
  return `AHP support workforce: ${subjects[answered.subject].toLowerCase()}${by}${when(answered)}`;
}

/** The geographies and dimensions that an answer is split by. */
export function splitOf({ question, table }: Answered): string[] {
  const places = [...(question.by ?? []), ...(question.level ? [question.level] : [])].filter((id) =>
    geographies.includes(id as Geography),
  );
  return [...new Set([...places, ...dimensionsIn(table.rows)])];
}

function when({ table }: Answered): string {
  const [first, last] = [table.rows[0]?.period, table.rows.at(-1)?.period];
  const periods = [...new Set([first?.label, last?.label])].filter((label) => label !== undefined);
  return periods.length > 0 ? `, ${periods.join(' to ')}` : '';
}

/** Name of a file without its ending: subject, split, last day, release, and whether it has every row: `ahp-turnover-by-nation-2026-03-31-release-1.0.0-full`. */
export function fileNameOf(tables: readonly Answered[], releases: readonly { version: string }[]): string {
  const version = releases.map(({ version }) => version).join('-') || 'none';
  const [answered, ...others] = tables;
  if (!answered || others.length > 0) return safe(`ahp-support-workforce-release-${version}`);
  const { subject, table, question } = answered;
  const split = splitOf(answered);
  const whole = table.rows.filter(({ isTotal, isRest }) => !isTotal && !isRest).length === table.rowCount;
  const filtered = !whole || Object.values(question.where ?? {}).some((codes) => codes?.length);
  const end = table.rows
    .map(({ period }) => period.end)
    .sort()
    .at(-1);
  const parts = [
    `ahp-${subject}`,
    ...(split.length > 0 ? [`by-${split.join('-')}`] : []),
    ...(end ? [end] : []),
    `release-${version}`,
    filtered ? 'filtered' : 'full',
  ];
  return safe(parts.join('-'));
}

const safe = (name: string) =>
  name
    .replaceAll('_', '-')
    .replace(/[^\w.-]/g, '')
    .slice(0, 120);
