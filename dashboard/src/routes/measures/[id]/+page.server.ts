import { open } from './open.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => open(params.id);
