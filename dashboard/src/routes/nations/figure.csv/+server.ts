import { page } from '../open.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url }) => page.csv(url);
