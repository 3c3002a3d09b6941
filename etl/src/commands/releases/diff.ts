import { InvalidArgumentError } from 'commander';
import { diffReleases } from '../../releases/diff.ts';
import type { Difference, Revision } from '../../releases/difference.ts';
import { onReleases, writing } from './option.ts';

const audience = (text: string) => {
  if (['public', 'trusted', 'own'].includes(text)) return text;
  throw new InvalidArgumentError('public, trusted or own is wanted.');
};

export const diffCommand = onReleases(
  'diff',
  'What changed from release A to release B: what came and went, and which values were revised by how much.',
)
  .argument('<a>')
  .argument('<b>')
  .option('--audience <audience>', 'whose cells to compare', audience, 'public')
  .option('--json', 'as JSON')
  .action(async (a: string, b: string, options: { data: string; audience: string; json?: boolean }) => {
    const difference = await writing(options.data, diffReleases(options.data, a, b, options.audience));
    console.log(options.json ? JSON.stringify({ from: a, to: b, ...difference }, null, 2) : told(a, b, difference));
  });

function told(a: string, b: string, { added, removed, relabelled, revised }: Difference): string {
  const list = (heading: string, lines: string[]) =>
    lines.length > 0 ? [`${heading} (${lines.length})`, ...lines.map((line) => `  ${line}`)] : [];
  const items = (all: Difference['added']) => all.map(({ subject, item }) => `${subject}: ${item}`);
  const lines = [
    ...list('Removed', items(removed)),
    ...list('Added', items(added)),
    ...list('Named anew', items(relabelled)),
    ...list('Values revised', revised.map(revision)),
  ];
  return lines.length > 0 ? [`From release ${a} to ${b}`, ...lines].join('\n') : `Releases ${a} and ${b} say the same.`;
}

function revision({ source, grain, periodEnd, level, unit, cells, largest, tally }: Revision): string {
  const what = source === 'cells' ? '' : `${source}, `;
  const n = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 3 });
  return `${what}${grain} to ${periodEnd}, ${level}: ${n(cells)} ${unit === 'count' ? 'counts' : `values (${unit})`}, the largest change ${n(largest)} (${tally})`;
}
