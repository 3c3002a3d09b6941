import { GraphQLError } from 'graphql';
import type { RefusalCode } from './refusal.ts';

/**
 * The refusal of a root field that lists and has no `QueryRefused` to answer with: an error that says in its extensions what a refusal says in its
 * fields, code, problems with their paths, and alternatives. `argument` is the argument that cannot be.
 */
export function refusedList(code: RefusalCode, message: string, argument: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code, problems: [{ code, message, path: [argument] }], alternatives: [] },
  });
}
