import type { Answered } from '../query/context.ts';
import { citationOf, filtersOf, licenceOf, notesOf, versionsOf, type Provenance } from './provenance.ts';
import { symbols } from './shorthand.ts';
import { titleOf } from './title.ts';

/** What somebody who finds the files must know: what they are, where from, how to quote them and how to get them again. */
export function readmeOf(files: readonly string[], tables: readonly Answered[], provenance: Provenance): string {
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');
  return [
    '# Figures of the AHP support workforce',
    list(files),
    ...tables.map((answered) =>
      [
        `## ${titleOf(answered)}`,
        list([`Filters: ${filtersOf(answered) || 'none'}`, cutOf(answered), ...notesOf(answered)]),
      ].join('\n\n'),
    ),
    '## Where it comes from',
    list([
      `Release: ${versionsOf(provenance)}${provenance.releases.some(({ synthetic }) => synthetic) ? ' (made-up data)' : ''}`,
      `Figures for: ${provenance.audience}`,
      `Licence: ${licenceOf(provenance)}`,
      `To cite: ${citationOf(provenance)}`,
      `To get it again: ${provenance.link ?? 'ask the question below again, with the release'}`,
    ]),
    '## Symbols',
    list(Object.entries(symbols).map(([symbol, meaning]) => `${symbol}: ${meaning}`)),
    '## Reading it',
    'The CSV files are UTF-8 and begin with a byte order mark, which Excel needs: in Python read them with `encoding="utf-8-sig"`. Values are empty where `status` says why; percentages are fractions. Text that a spreadsheet would run as a formula begins with an apostrophe.',
    '## The question',
    `\`\`\`graphql\n${provenance.document.trim()}\n\`\`\``,
    ...(Object.keys(provenance.variables).length > 0
      ? [`\`\`\`json\n${JSON.stringify(provenance.variables, null, 2)}\n\`\`\``]
      : []),
    '',
  ].join('\n\n');
}

/** Whether a table has every group that there is. */
export function cutOf({ table, question }: Answered): string {
  const shown = Math.max(0, Math.min(question.first ?? table.groupCount, table.groupCount - (question.offset ?? 0)));
  return shown === table.groupCount
    ? `All ${table.groupCount} groups.`
    : `${shown} of ${table.groupCount} groups, as asked with \`first\` and \`offset\`: leave them out for all.`;
}
