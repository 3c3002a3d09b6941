import type { Access, AccessRule } from './access-file.ts';
import { everyone, ownOf, trusted, type Asker } from './asker.ts';

/** What an issuer says about somebody. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Whom somebody may ask as. The first rule that is met decides the audience; further ones of the same audience add employers. Whom no rule
 * names is the public.
 */
export function askerOfClaims({ rules }: Access, issuer: string, claims: Claims): Asker {
  const met = rules.filter((rule) => rule.issuer === issuer && isMet(rule, claims));
  const first = met[0];
  if (!first) return everyone;
  if (first.audience === 'trusted') return trusted;
  const organisations = met
    .filter(({ audience }) => audience === 'own')
    .flatMap((rule) => [
      ...rule.organisations,
      ...(rule.organisationsFrom ? texts(claims[rule.organisationsFrom]) : []),
    ]);
  return organisations.length > 0 ? ownOf(organisations) : everyone;
}

const isMet = (rule: AccessRule, claims: Claims) =>
  Object.entries(rule.claims).every(
    ([name, value]) => Object.hasOwn(claims, name) && texts(claims[name]).includes(value),
  );

/** A claim as a list of texts: what is neither a text nor a list of texts is nothing. */
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');
