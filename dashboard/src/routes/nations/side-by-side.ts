import type { Figure, Series } from '#lib/figure/figure.ts';
import { listed, lowerFirst } from '#lib/figure/words.ts';
import { fileAddress } from '#lib/server/figures.ts';
import type { Definition } from '#lib/server/fragments.ts';
import { toValue } from '#lib/server/pivot.ts';
import { fixedSwatches } from '#lib/figure/palette.ts';
import { provenance, unitOf } from '#lib/server/provenance.ts';
import { inOneRequest } from '#lib/server/question.ts';
import type { View } from '#lib/server/view.ts';
import { measureCaveats } from '#lib/server/warning.ts';
import type { Plan } from './figures.ts';
import { betweenAll, betweenWords } from './comparability.ts';
import { besideWords, comparisonCaveats, differs, type Told } from './told.ts';

/** Between which nations alone a measure may be compared; empty where it may be between all. */
const restriction = (view: View, measure: Definition): string =>
  betweenAll(view, measure) ? '' : betweenWords(view, measure);

function sentenceOf(lines: Told[]): string {
  const clear = lines.filter(differs).map(({ measure }) => lowerFirst(measure.title));
  return clear.length
    ? `A nation differs clearly from the United Kingdom in ${clear.length} of ${lines.length} measures: ${listed(clear)}.`
    : `No nation differs clearly from the United Kingdom in any of these ${lines.length} measures.`;
}

/** Measures in rows, nations and the United Kingdom in columns, with what may be compared and how it compares in words. */
export function sideBySide(view: View, lines: Told[], plan: Plan): Figure {
  const { about, address } = plan;
  const byAnswer = Map.groupBy(lines, ({ answer }) => answer);
  const answers = [...byAnswer.keys()];
  const when = answers[0]?.rows.at(-1)?.period.label ?? '';
  const places = [...view.nations, { code: 'uk', label: 'United Kingdom' }];
  return {
    id: 'side-by-side',
    kind: 'bar',
    title: 'Nations side by side',
    headline: `Side by side, ${when}`,
    sentence: sentenceOf(lines),
    subtitle: `${lines.length} measures by nation with 95% intervals, ${about}, ${when}`,
    unit: 'percent',
    rowHeads: ['Measure', 'Restriction', 'Beside the United Kingdom'],
    rows: lines.map((line) => ({
      key: line.measure.id,
      labels: [line.measure.title, restriction(view, line.measure), besideWords(line)],
      unit: unitOf(line.measure),
    })),
    series: places.map(({ code, label }): Series => ({
      key: code,
      label,
      role: 'value',
      swatch: fixedSwatches[code],
      values: lines.map(({ measure, rows }) =>
        toValue(rows.find(({ area }) => area.code === code)?.measures[measure.id]),
      ),
    })),
    annotations: [],
    references: [],
    caveats: [...comparisonCaveats(lines), ...measureCaveats(answers.flatMap(({ warnings }) => warnings))],
    provenance: provenance(view, 'EXTRACTS', answers[0]?.statement ?? ''),
    query: inOneRequest(
      Object.fromEntries(
        [...byAnswer].map(([{ question }, some]) => [
          some[0]!.measure.subject,
          { ...question, measures: some.map(({ measure }) => measure) },
        ]),
      ),
    ),
    permalink: `${address}#side-by-side`,
    csv: fileAddress(address, 'figure.csv', 'side-by-side'),
  };
}
