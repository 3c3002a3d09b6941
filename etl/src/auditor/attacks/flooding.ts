import type { Attack } from '../attack.ts';
import { headcounts, organisationsOf, publishedTable } from '../questions.ts';

const limits = { aliases: 15, depth: 8, cells: 5000 };

/** A request may not be an avalanche, and an avalanche of requests yields nothing but published cells. */
export const flooding: Attack = {
  number: 15,
  id: 'flooding',
  title: 'Flooding by aliases, depth, batches and cells',
  criterion:
    'more than 15 aliases of a field, 8 levels, 5,000 cells or a batch refused; all answers within the lattice',
  fast: false,
  asks: true,
  async run(context) {
    const surface = context.surface!;
    const { period, areas } = await organisationsOf(context);
    const codes = areas.map(({ code }) => code);
    const refused = async (text: string) => {
      const reply = await surface.ask(text);
      const { data, errors } = JSON.parse(reply.text) as {
        data?: Record<string, { code?: string }> | null;
        errors?: unknown[];
      };
      return (
        (errors?.length ?? 0) > 0 ||
        (data !== null && data !== undefined && Object.values(data).every((answer) => answer?.code !== undefined))
      );
    };
    const aliases = (n: number) =>
      `{ ${Array.from({ length: n }, (_, k) => `a${k}: ${headcounts(`organisation: ["${codes[k % codes.length]}"]`, [], period)}`).join('\n')} }`;
    const cells = `{ ${headcounts(`organisation: ${JSON.stringify(codes)}`, ['ORGANISATION', 'BAND', 'PROFESSION'], period)} }`;
    const batch = await surface.send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Array.from({ length: 20 }, () => ({ query: '{ me { __typename } }' }))),
    });
    const tries = {
      '16 aliases': await refused(aliases(limits.aliases + 1)),
      '9 levels': await refused(deep(limits.depth + 1)),
      'too many cells': codes.length * 104 <= limits.cells || (await refused(cells)),
      'a batch': batch.status >= 400,
    };
    const through = Object.entries(tries)
      .filter(([, stopped]) => !stopped)
      .map(([name]) => name);
    const reply = JSON.parse((await surface.ask(aliases(limits.aliases))).text) as {
      data: Record<string, { rows: { area: { code: string }; headcount: { value: number } }[] }>;
    };
    const rows = Object.values(reply.data).flatMap((answer) => answer.rows);
    let outside = 0;
    for (const { area, headcount } of rows)
      if ((await publishedTable(context, 'public', { set: '', area: area.code })).get('') !== headcount.value)
        outside += 1;
    return {
      figure: `${through.length === 0 ? 'all refused' : `let through: ${through.join(', ')}`}; ${outside} of ${rows.length} answers outside the lattice`,
      passed: through.length === 0 && rows.length === limits.aliases && outside === 0,
    };
  },
};

/** A question of that many levels: an area’s nation’s nation’s …, which nobody needs. */
function deep(levels: number): string {
  const inner = Array.from({ length: levels - 4 }).reduce<string>((text) => `nation { ${text} }`, 'code');
  return `{ staff { ... on StaffTable { rows { area { ${inner} } } } } }`;
}
