import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody of the sample: whom `login_hint` names, and what the provider says about them. */
export interface SamplePerson {
  id: string;
  name: string;
  groups: readonly string[];
}

export interface SampleProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  close: () => Promise<void>;
}

interface Employer {
  code: string;
  label: string;
}

/** The people of the sample as whom one may look at it. */
export const samplePeople: readonly SamplePerson[] = [
  { id: 'reader', name: 'Robin Reader', groups: [] },
  { id: 'lead', name: 'Lee Lead', groups: ['employer'] },
  { id: 'board', name: 'Bo Board', groups: ['employer'] },
  { id: 'analyst', name: 'Ana Analyst', groups: ['analysts'] },
];

const personas = ({ code, label }: Employer) => [
  { id: 'reader', label: 'Public reader', description: 'Sees what everybody sees.', to: '/' },
  {
    id: 'lead',
    label: `Workforce lead of ${label}`,
    description: 'Sees the exact figures of their own organisation, and the public ones of all others.',
    to: `/organisations/${code}`,
  },
  {
    id: 'board',
    label: `Board member of ${label}`,
    description: 'Sees the same figures as the workforce lead, beginning with the page for the board.',
    to: `/board/${code}`,
  },
  {
    id: 'analyst',
    label: 'Trusted analyst',
    description: 'Sees more detail of every place, with less change to each count.',
    to: '/',
  },
];

const reviewed = 'Made by npm start for the sample';

/**
 * Writes what api and dashboard need so that the sample's people can sign in, into a folder for its owner alone, and gives the settings of both
 * as environment variables. The keys are new each time, so that a restart signs everybody out.
 */
export function writeSampleSignIn(
  folder: string,
  employer: Employer,
  { issuer, clientId, clientSecret }: Omit<SampleProvider, 'close'>,
  origin: string,
): Record<string, string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify(content, null, 2), { mode: 0o600 });
    return join(folder, name);
  };
  const key = () => randomBytes(32).toString('base64url');
  const access = {
    issuers: [{ issuer, sample: true }],
    rules: [
      { issuer, claims: { groups: 'employer' }, audience: 'own', organisations: [employer.code], reviewed },
      { issuer, claims: { groups: 'analysts' }, audience: 'trusted', reviewed },
    ],
  };
  const signIn = {
    issuers: [
      {
        id: 'sample',
        label: 'the sample',
        issuer,
        clientId,
        clientSecret,
        scope: 'openid profile groups',
        claims: ['groups'],
        personas: personas(employer),
      },
    ],
  };
  return {
    AHP_ACCESS: write('access.json', access),
    AHP_SIGN_IN: write('sign-in.json', signIn),
    AHP_DASHBOARD_KEY: key(),
    AHP_SESSION_KEYS: key(),
    AHP_ORIGIN: origin,
  };
}
