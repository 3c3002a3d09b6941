import { feeds } from '../extracts/published/index.ts';
import type { Layout } from './layout.ts';

/** Official publications, as their publishers write them; declared with each feed. */
export const layouts: Layout[] = feeds.map(({ extract, layout }) => ({ ...layout, extract: extract.name }));
