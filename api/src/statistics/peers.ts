import type { AreaRecord, Catalogue } from '../release/catalogue.ts';

/** Organisations like one, and what they have in common in words. */
export interface Peers {
  areas: AreaRecord[];
  label: string;
}

/** Fewer peers are no group to be compared with. */
const fewest = 5;

/**
 * Organisations of the same size band in the same region (in England), else of the same kind in the same nation, else of the same size
 * band in the same nation; the organisation itself is left out.
 */
export function peersOf(area: AreaRecord, catalogue: Catalogue): Peers {
  const others = catalogue
    .areasAt('organisation')
    .filter(({ code, validTo }) => code !== area.code && validTo === null);
  const sameNation = others.filter(({ nation }) => nation === area.nation);
  const sameSize = ({ sizeBand }: AreaRecord) => sizeBand !== null && sizeBand === area.sizeBand;
  const nation = area.within('nation')?.label ?? 'the nation';
  const ways: [string, AreaRecord[]][] = [
    [
      `${area.sizeBand ?? ''} organisations of ${area.within('region')?.label ?? ''}`,
      sameNation.filter((other) => area.region !== null && other.region === area.region && sameSize(other)),
    ],
    [
      `organisations of the same kind in ${nation}`,
      sameNation.filter(({ kind }) => kind !== null && kind === area.kind),
    ],
    [`${area.sizeBand ?? ''} organisations of ${nation}`, sameNation.filter(sameSize)],
  ];
  const [words, areas] = ways.find(([, found]) => found.length >= fewest) ?? ['organisations', []];
  return { areas, label: areas.length === 0 ? 'no peers' : `${areas.length} ${words.trim()}` };
}
