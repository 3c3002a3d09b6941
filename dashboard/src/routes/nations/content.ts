import type { Figure } from '#lib/figure/figure.ts';
import { listed, lowerFirst } from '#lib/figure/words.ts';
import { findMeasure } from '#lib/server/catalogue.ts';
import { population } from '#lib/server/filters.ts';
import type { Definition } from '#lib/server/fragments.ts';
import type { Content } from '#lib/server/page.ts';
import { type Answer, askQuestions, type Refused } from '#lib/server/question.ts';
import { standardised, standardisedFigure } from '#lib/server/statistics/standardised.ts';
import type { View } from '#lib/server/view.ts';
import { type Keys, type State, writeState } from '#lib/state/url-state.ts';
import { askedByYear } from './askable.ts';
import { comparability, type Comparability } from './comparability.ts';
import { type Difference, differences } from './differences.ts';
import { bandsFigure, headcountFigure, rateFigure } from './figures.ts';
import { chosen, questions } from './questions.ts';
import { sideBySide } from './side-by-side.ts';
import { type Told, toldOf } from './told.ts';

export interface NationsContent extends Content {
  /** Null where the release has one nation. */
  comparability: Comparability | null;
  differences: Difference[];
  nations: string[];
  table: Figure | null;
}

/** What can be compared between nations, how they differ, then their figures side by side, for one address. */
export async function nations(view: View, keys: Keys, state: State<Keys>): Promise<NationsContent> {
  const { values } = state;
  const labels = view.nations.map(({ label }) => label);
  const several = labels.length > 1;
  const told = { comparability: several ? comparability(view) : null, nations: labels };
  if (!several || view.source !== 'EXTRACTS')
    return {
      ...told,
      ...{ differences: [], table: null, figures: [], refused: [] },
      notes: [
        several
          ? 'Official figures are of England alone: they hold no other nation to set beside it.'
          : `This release holds figures of ${listed(labels)} alone: there is no other nation to set beside it.`,
      ],
    };
  const plan = {
    about: population(keys, values, view.population.label),
    address: writeState('/nations', keys, values),
  };
  const wanted = chosen(view, values.ask?.[0] ?? 'main');
  const asked = askedByYear(wanted);
  const drawn = findMeasure(view, values.measure?.[0] ?? '');
  const [apart, answers, alike] = await Promise.all([
    differences(view),
    askQuestions(questions(view, values, asked)) as Promise<Record<string, Answer | Refused>>,
    // A place made alike cannot be narrowed by its work.
    drawn?.id === 'leaver_rate' && !values.profession?.length
      ? standardised({ measure: 'LEAVER_RATE', by: 'NATION' })
      : null,
  ]);
  const figures: Figure[] = [];
  const refused: Content['refused'] = [];
  const take = (name: string, title: string, make: (answer: Answer) => Figure) => {
    const answer = answers[name];
    if (answer?.kind === 'refused') refused.push({ title, refusal: answer.refusal });
    else if (answer?.rows.length) figures.push(make(answer));
  };
  const headcount = findMeasure(view, 'headcount');
  if (drawn) take('rate', `${drawn.title} by nation`, (answer) => rateFigure(view, answer, drawn, plan));
  if (alike?.__typename === 'StandardisedTable')
    figures.push(standardisedFigure(view, alike, { about: plan.about, head: 'Nation', address: plan.address }));
  if (headcount) {
    take('headcount', 'Headcount by nation', (answer) => headcountFigure(view, answer, headcount, plan));
    take('bands', 'Bands by nation', (answer) => bandsFigure(view, answer, headcount, plan));
  }
  for (const subject of new Set(asked.map(({ subject }) => subject))) {
    const answer = answers[subject];
    if (answer?.kind === 'refused')
      refused.push({ title: `Nations side by side: ${subject}`, refusal: answer.refusal });
  }
  const lines = toldOf(asked, answers);
  const table = lines.length ? sideBySide(view, lines, plan) : null;
  return {
    ...told,
    differences: apart,
    table,
    tables: table ? [table] : [],
    figures,
    refused,
    notes: leftOut(wanted, lines),
  };
}

/** Which of the measures asked for are not in the table. */
function leftOut(wanted: Definition[], lines: Told[]): string[] {
  const there = new Set(lines.map(({ measure }) => measure));
  const missing = wanted.filter((measure) => !there.has(measure)).map(({ title }) => lowerFirst(title));
  return missing.length
    ? [
        `Without a figure for a nation and year, and so not in the table: ${listed(missing)}. The page of each measure says how it is told.`,
      ]
    : [];
}
