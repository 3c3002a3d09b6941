import type { Figure } from '#lib/figure/figure.ts';
import { chips, type Keys, readState, type State } from '#lib/state/url-state.ts';
import { toCanonical } from './canonical.ts';
import { catalogue } from './catalogue.ts';
import { csvResponse } from './csv-response.ts';
import type { Refusal } from './fragments.ts';
import { releaseKey } from './release.ts';
import { type View, viewOf } from './view.ts';

/** What a page of figures holds for one address. */
export interface Content {
  figures: Figure[];
  refused: { title: string; refusal: Refusal }[];
  /** Tables that have a file like figures do, and a place of their own on the page. */
  tables?: Figure[];
  /** Sentences above the figures. */
  notes?: string[];
}

/** A page that is filters and figures: its load function and its CSV files, from its keys and its content. */
export function pageOf<C extends Content>(
  path: string,
  keysOf: (view: View) => Keys,
  make: (view: View, keys: Keys, state: State<Keys>) => Promise<C>,
) {
  const open = async (url: URL) => {
    const view = viewOf(await catalogue(), url.searchParams.get('source') ?? undefined);
    const keys = { ...keysOf(view), ...releaseKey() };
    return { view, keys, state: readState(url.searchParams, keys) };
  };
  return {
    load: async (url: URL) => {
      const { view, keys, state } = await open(url);
      toCanonical(url, keys, state);
      return {
        path,
        keys,
        values: state.values,
        ignored: state.ignored,
        chips: chips(path, keys, state),
        ...(await make(view, keys, state)),
      };
    },
    csv: async (url: URL): Promise<Response> => {
      const { view, keys, state } = await open(url);
      const { figures, tables = [] } = await make(view, keys, state);
      return csvResponse([...tables, ...figures], url);
    },
  };
}
