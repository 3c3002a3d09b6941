import type { Catalogue, Grain } from '../release/catalogue.ts';
import { geographies } from '../release/dimension.ts';
import type { Where } from '../query/question.ts';

/**
 * The filter narrowed to organisations whose extracts hold the latest period of a grain. A release also knows organisations of official
 * publications alone, which have no cells here and would only use up what one request may read.
 */
export function reporting(where: Where | null | undefined, catalogue: Catalogue, grain: Grain): Where {
  if (where?.organisation) return where;
  const [holding] = catalogue.holdingsOf('extracts');
  const latest = holding?.periods.findLast((period) => period.grain === grain);
  if (!holding || !latest) return where ?? {};
  const organisation = catalogue
    .areasAt('organisation')
    .filter((area) =>
      geographies.every((level) => !where?.[level] || where[level]!.includes(area.within(level)?.code ?? '')),
    )
    .filter(({ code }) => holding.reported.has(`${grain}|${latest.end}|${code}`))
    .map(({ code }) => code);
  return organisation.length > 0 ? { ...where, organisation } : (where ?? {});
}
