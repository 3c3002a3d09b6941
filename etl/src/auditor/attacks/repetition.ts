import type { Attack } from '../attack.ts';
import { drawsOf } from '../draws.ts';
import { dataOf, middleOf, organisationsOf } from '../questions.ts';

const times = { full: 1000, brief: 200 };
const perRequest = 10;

/** One question in a thousand spellings. */
export const repetition: Attack = {
  number: 1,
  id: 'repetition',
  title: 'The same question 1,000 times: arguments reordered, aliases, fragments, variables, GET and POST',
  criterion: '1 distinct answer',
  fast: false,
  asks: true,
  async run(context) {
    const { period, areas } = await organisationsOf(context);
    const organisation = middleOf(areas).code;
    const draw = drawsOf('repetition');
    const answers = new Set<string>();
    let asked = 0;
    while (asked < times[context.effort]) {
      const document = spelling(draw, organisation, period);
      const variables = document.includes('$bands')
        ? { bands: shuffled(draw, ['BAND_2', 'BAND_3', 'BAND_4']) }
        : undefined;
      const data = await dataOf<Record<string, { rows: { headcount: unknown }[] }>>(context.surface!, document, {
        get: draw() < 0.3,
        variables,
      });
      for (const answer of Object.values(data))
        answers.add(JSON.stringify(answer.rows.map(({ headcount }) => headcount)));
      asked += Object.keys(data).length;
    }
    return {
      figure: `${answers.size} distinct answer${answers.size === 1 ? '' : 's'} to ${asked.toLocaleString('en-GB')} spellings`,
      passed: answers.size === 1,
    };
  },
};

function spelling(draw: () => number, organisation: string, period: string): string {
  const withVariables = draw() < 0.3;
  const fragment = draw() < 0.5;
  const rows = fragment ? 'rows { ...figures }' : 'rows { headcount { value status } }';
  const fields = Array.from({ length: perRequest }, (_, k) => {
    const bands = withVariables
      ? '$bands'
      : `[${shuffled(draw, ['BAND_2', 'BAND_3', 'BAND_4', ...(draw() < 0.3 ? ['BAND_3'] : [])]).join(', ')}]`;
    const where = shuffled(draw, [`band: ${bands}`, `organisation: ["${organisation}"]`]).join(
      draw() < 0.5 ? ', ' : ' ',
    );
    const at = shuffled(draw, [`end: "${period}"`, 'grain: YEAR']).join(', ');
    const given = shuffled(draw, [
      `where: { ${where} }`,
      `period: { at: { ${at} } }`,
      ...(draw() < 0.3 ? ['by: []'] : []),
      ...(draw() < 0.3 ? ['first: 500'] : []),
    ]);
    return `q${Math.floor(draw() * 1e9)}_${k}: staff(${given.join(', ')}) { ... on StaffTable { ${rows} } }`;
  });
  return `${withVariables ? 'query ($bands: [Band!])' : 'query'} { ${fields.join(draw() < 0.5 ? '\n' : ' ')} }${fragment ? ' fragment figures on StaffRow { headcount { value status } }' : ''}`;
}

function shuffled<Item>(draw: () => number, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: draw() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
