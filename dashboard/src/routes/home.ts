import { changeWords } from '#lib/figure/change.ts';
import { formatInterval } from '#lib/figure/format.ts';
import { cellText } from '#lib/figure/status.ts';
import type { TileData } from '#lib/components/Tile.svelte';
import { type Catalogue, findMeasure } from '#lib/server/catalogue.ts';
import { firstGrain, perYear, viewOf } from '#lib/server/view.ts';
import { toValue } from '#lib/server/pivot.ts';
import { unitOf } from '#lib/server/provenance.ts';
import { askQuestions, type Question } from '#lib/server/question.ts';

const headlines = ['headcount', 'fte', 'leaver_rate', 'joiner_rate'];

/** The headline tiles: latest value, its interval, its change on a year ago and the trend behind it. One request for all. */
export async function tiles(all: Catalogue): Promise<{ place: string; caveat: string | null; tiles: TileData[] }> {
  const view = viewOf(all);
  const grain = firstGrain(view);
  const { label, where, caveat } = view.population;
  const measures = headlines.flatMap((id) => findMeasure(all, id) ?? []);
  const period = { last: { count: perYear[grain] * 3 + 1, grain } };
  const bySubject = Map.groupBy(measures, (measure) => measure.subject);
  const questions: Record<string, Question> = Object.fromEntries(
    [...bySubject].map(([subject, some]) => [subject, { measures: some, arguments: { where, period } }]),
  );
  const answers = await askQuestions(questions);
  const made = measures.flatMap((measure): TileData[] => {
    const answer = answers[measure.subject];
    if (answer?.kind !== 'table') return [];
    const rows = answer.rows
      .filter((row) => !row.isTotal)
      .sort((one, other) => one.period.end.localeCompare(other.period.end));
    const trend = rows.map((row) => toValue(row.measures[measure.id]));
    const value = trend.at(-1);
    if (!value) return [];
    const unit = unitOf(measure);
    return [
      {
        id: measure.id,
        title: measure.title,
        when: `${label}, ${rows.at(-1)?.period.label}`,
        value,
        text: cellText(value),
        range: value.interval ? formatInterval(value.interval, unit) : null,
        change: changeWords(trend.at(-1 - perYear[grain]), value, unit, 'a year ago', trend.slice(-perYear[grain])),
        trend,
        href: `/trends${measure.id === 'headcount' ? '' : `?measure=${measure.id}`}`,
      },
    ];
  });
  return { place: label, caveat, tiles: made };
}
