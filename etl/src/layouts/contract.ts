import { suppliedExtracts } from '../extracts/index.ts';
import type { Layout } from './layout.ts';

/** The contract itself: files whose columns carry our names and our codes. */
export const layouts: Layout[] = suppliedExtracts.map((extract) => ({
  id: 'contract',
  title: `${extract.title}, as in the contract`,
  extract: extract.name,
}));
