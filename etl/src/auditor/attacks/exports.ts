import { parse } from 'csv-parse/sync';
import type { Audience } from '../../disclosure/audiences.ts';
import { onEachAudience, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { headcounts, organisationsOf, publishedTable } from '../questions.ts';

/** Files hold what pages hold: every number of an export is a published cell. */
export const exports: Attack = {
  number: 12,
  id: 'exports',
  title: 'Exports: every number in the CSV and JSON files of a table is a published one',
  criterion: '0 exceptions',
  fast: false,
  asks: true,
  run: (context) => onEachAudience(context, attack),
};

async function attack(context: Context, audience: Audience): Promise<Outcome> {
  const { period, areas } = await organisationsOf(context, audience.id);
  let numbers = 0;
  let strange = 0;
  for (const { code } of [areas[0]!, areas[Math.floor(areas.length / 2)]!, areas.at(-1)!])
    for (const set of ['profession', 'band', 'age_band', 'band+profession']) {
      const by = set.split('+').map((id) => id.toUpperCase());
      const published = new Set((await publishedTable(context, audience.id, { set, area: code })).values()).add(0);
      const question = `{ ${headcounts(`organisation: ["${code}"]`, by, period)} }`;
      for (const format of ['csv', 'json']) {
        const { status, text } = await context.surface!.send(
          `/export.${format}?${new URLSearchParams({ query: question })}`,
          { headers: context.surface!.headers(audience.id) },
        );
        const found = status === 200 ? numbersIn(text, format) : [];
        numbers += found.length;
        strange += found.filter((value) => !published.has(value)).length + (status === 200 ? 0 : 1);
      }
    }
  return {
    figure: `${strange} of ${numbers.toLocaleString('en-GB')} numbers not published`,
    passed: numbers > 0 && strange === 0,
  };
}

/** What is worked out from a published value: its interval. Any other column of numbers must hold published values. */
const workedOut = ['lower', 'upper', 'level'];

/** Every number in a file, other than those that are part of a code or worked out from a published one. */
function numbersIn(text: string, format: string): number[] {
  if (format === 'json')
    return [...text.matchAll(/:\s*(-?\d+(?:\.\d+)?)\s*[,}\n]/g)].map(([, number]) => Number(number));
  const lines = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  return lines
    .flatMap((line) => Object.entries(line).filter(([column]) => !workedOut.includes(column)))
    .map(([, value]) => value)
    .filter((value) => /^-?\d+(\.\d+)?$/.test(value))
    .map(Number);
}
