import { page } from './open.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => page.load(url);
