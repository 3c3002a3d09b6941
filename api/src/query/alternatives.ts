import type { Catalogue } from '../release/catalogue.ts';
import { dimensions, geographies, levels, type Geography } from '../release/dimension.ts';
import { meant } from './meant.ts';
import { levelText, nameOf } from './plan.ts';
import { Problems } from './problems.ts';
import type { PeriodInput, Question } from './question.ts';

/** A question changed a little, and what was changed. */
interface Step {
  question: Question;
  change: string;
}

/** A question near one that is refused, and everything that was changed for it. */
export interface Candidate {
  question: Question;
  changes: readonly string[];
}

/** How many changes away questions are looked for, and how many questions are looked at. */
const furthest = 3;
const lookedAt = 400;

/** The questions near one that is refused that can be planned, those with the fewest changes first. `planned` gives Problems for what cannot be answered. */
export function* candidatesFor(
  question: Question,
  planned: (candidate: Question) => unknown,
  catalogue: Catalogue,
): Generator<Candidate> {
  let layer: Candidate[] = [{ question, changes: [] }];
  const seen = new Set<string>();
  for (let depth = 0; depth < furthest && layer.length <= lookedAt; depth += 1) {
    layer = layer
      .flatMap(({ question, changes }) =>
        stepsFrom(question, catalogue).map((step) => ({ question: step.question, changes: [...changes, step.change] })),
      )
      .filter(({ question }) => {
        const key = JSON.stringify(question);
        return !seen.has(key) && seen.add(key);
      });
    for (const candidate of layer) if (!(planned(candidate.question) instanceof Problems)) yield candidate;
  }
  if (!(planned({}) instanceof Problems))
    yield { question: {}, changes: ['ask for everything of the latest period, without any split or filter'] };
}

/** Changes as a sentence: `Use years, and do not compare.` */
export function sentenceOf(changes: readonly string[]): string {
  const text = changes.join(', and ');
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** Every question one change away, the gentlest changes first. */
function stepsFrom(question: Question, catalogue: Catalogue): Step[] {
  return [
    ...repaired(question, catalogue),
    ...withinLimits(question),
    ...fewerDimensions(question),
    ...around(question, catalogue),
    ...coarser(question),
    ...otherPeriods(question),
    ...withoutExtras(question),
    ...otherSource(question, catalogue),
  ];
}

/** Filters with what was most likely meant by codes that nobody knows, or without those codes. */
function repaired(question: Question, catalogue: Catalogue): Step[] {
  return Object.entries(question.where ?? {}).flatMap(([field, codes]) => {
    const dimension = dimensions.find((candidate) => candidate.field === field);
    const items: readonly { code: string; label: string }[] = dimension
      ? [...catalogue.categoriesOf(dimension.id).values()]
      : catalogue.areasAt(field as Geography);
    const known = new Set(items.map(({ code }) => code));
    const kept = codes?.filter((code) => known.has(code)) ?? [];
    if (!codes || (kept.length === codes.length && kept.length > 0)) return [];
    const meantInstead = codes.map((code) => (known.has(code) ? code : meant(code, items)?.code));
    const steps: Step[] = [];
    if (codes.length > 0 && meantInstead.every((code) => code !== undefined))
      steps.push({
        question: withWhere(question, field, meantInstead),
        change: `write ${meantInstead.filter((code) => !kept.includes(code)).join(', ')} for ${labelOf(field)}`,
      });
    steps.push(
      kept.length > 0
        ? { question: withWhere(question, field, kept), change: `leave out unknown codes of ${labelOf(field)}` }
        : { question: withWhere(question, field, null), change: `drop the filter on ${labelOf(field)}` },
    );
    return steps;
  });
}

function withinLimits(question: Question): Step[] {
  const steps: Step[] = [];
  const { first, offset, orderBy, period } = question;
  if ((first ?? 500) < 1 || (first ?? 500) > 1000)
    steps.push({ question: { ...question, first: 500 }, change: 'ask for 500 groups' });
  if ((offset ?? 0) < 0) steps.push({ question: { ...question, offset: 0 }, change: 'start at the first group' });
  if (orderBy?.length) steps.push({ question: { ...question, orderBy: null }, change: 'use the natural order' });
  if (period?.last && (period.last.count < 1 || period.last.count > 600))
    steps.push({
      question: { ...question, period: { last: { ...period.last, count: 8 } } },
      change: 'ask for 8 periods',
    });
  return steps;
}

function fewerDimensions(question: Question): Step[] {
  const by = (question.by ?? []).filter((id) => !geographies.includes(id as Geography));
  const unsplit = by.map((id) => ({
    question: { ...question, by: question.by!.filter((other) => other !== id), orderBy: withoutOrder(question, id) },
    change: `do not split by ${nameOf(id)}`,
  }));
  const filtered = dimensions.filter(({ field }) => question.where?.[field]);
  const unfiltered = filtered.map(({ field, label }) => ({
    question: withWhere(question, field, null),
    change: `drop the filter on ${label.toLowerCase()}`,
  }));
  return [...unsplit, ...unfiltered];
}

/** The wider places that the places asked for all lie in, the nearest first. */
function around(question: Question, catalogue: Catalogue): Step[] {
  const finest = geographies.findLast((id) => question.where?.[id]);
  if (!finest || question.by?.includes(finest) || question.level === finest) return [];
  const areas = question.where![finest]!.flatMap((code) => catalogue.area(finest, code) ?? []);
  const wider = levels.slice(1, levels.indexOf(finest)).reverse() as Geography[];
  return wider.flatMap((id) => {
    const [place, ...more] = [...new Set(areas.map((area) => area.within(id)))];
    if (!place || more.length > 0) return [];
    const asked = withWhere(withWhere(question, finest, null), id, [place.code]);
    return [{ question: asked, change: `ask about ${place.label}` }];
  });
}

function coarser(question: Question): Step[] {
  const named = geographies.filter((id) => question.by?.includes(id) || question.level === id || question.where?.[id]);
  const finest = named.at(-1);
  if (!finest) return [];
  const upper = levels.slice(1, levels.indexOf(finest)).reverse() as Geography[];
  const grouped = question.by?.includes(finest) || question.level === finest;
  const dropped: Question = {
    ...withWhere(question, finest, null),
    by: question.by?.filter((id) => id !== finest) ?? [],
    level: question.level === finest ? null : question.level,
    orderBy: withoutOrder(question, finest),
  };
  const steps = upper
    .filter((id) => grouped && !dropped.by!.includes(id))
    .map((id) => ({
      question: { ...dropped, by: [id, ...dropped.by!] },
      change: `use ${levelText(id)} instead of ${levelText(finest)}`,
    }));
  return [...steps, { question: dropped, change: `leave ${levelText(finest)} out` }];
}

function otherPeriods(question: Question): Step[] {
  const { period } = question;
  const asked = period?.at ?? period?.last ?? period?.range;
  const steps: Step[] = [];
  const count = period?.last?.count ?? 0;
  if (count > 1)
    steps.push({
      question: { ...question, period: { last: { ...period!.last!, count: Math.ceil(count / 2) } } },
      change: `ask for ${Math.ceil(count / 2)} periods`,
    });
  for (const grain of ['year', 'quarter'] as const)
    if (asked?.grain !== grain) {
      const changed = period?.at
        ? { at: { ...period.at, grain } }
        : period?.range
          ? { range: { ...period.range, grain } }
          : { last: { count: period?.last?.count ?? 1, grain } };
      steps.push({ question: { ...question, period: changed as PeriodInput }, change: `use ${grain}s` });
      steps.push({
        question: { ...question, period: { last: { count: 1, grain } } },
        change: `use the latest ${grain}`,
      });
    }
  if (period) steps.push({ question: { ...question, period: null }, change: 'use the latest period' });
  return steps;
}

function withoutExtras(question: Question): Step[] {
  return question.compare ? [{ question: { ...question, compare: null }, change: 'do not compare' }] : [];
}

function otherSource(question: Question, catalogue: Catalogue): Step[] {
  const current = question.source ?? catalogue.defaultSource;
  const steps: Step[] = question.feed
    ? [{ question: { ...question, feed: null }, change: 'take any publication' }]
    : [];
  const other = current === 'extracts' ? 'published' : 'extracts';
  if (catalogue.holdingsOf(other).length > 0)
    steps.push({
      question: { ...question, source: other },
      change: other === 'published' ? 'use official published figures' : 'use the person-level extracts',
    });
  return steps;
}

function withWhere(question: Question, field: string, codes: readonly string[] | null): Question {
  const rest = Object.entries(question.where ?? {}).filter(([name, value]) => name !== field && value);
  const where = Object.fromEntries(codes ? [...rest, [field, codes]] : rest);
  return { ...question, where: Object.keys(where).length > 0 ? where : null };
}

function withoutOrder({ orderBy }: Question, dimension: string): Question['orderBy'] {
  const kept = orderBy?.filter((order) => order.dimension !== dimension);
  return kept?.length ? kept : null;
}

function labelOf(field: string): string {
  return dimensions.find((dimension) => dimension.field === field)?.label.toLowerCase() ?? field;
}
