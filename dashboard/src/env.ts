import { defineEnvVars } from '@sveltejs/kit/env';

function address(name: string, value: string): string {
  if (!URL.canParse(value)) throw new Error(`${name} must be an address such as http://127.0.0.1:4000, not "${value}"`);
  return value.replace(/\/+$/, '');
}

const localApi = 'http://127.0.0.1:4000';

/** Every setting of the dashboard, read once when the server starts. */
export const variables = defineEnvVars({
  AHP_API: {
    description: 'Address of the API, without a path. Default http://127.0.0.1:4000',
    schema: (value) => address('AHP_API', value || localApi),
  },
  AHP_ORIGIN: {
    description: 'Address of this site as readers reach it, such as https://workforce.example; signing in needs it',
    schema: (value) => (value ? address('AHP_ORIGIN', value) : ''),
  },
  AHP_SIGN_IN: {
    description: 'File of the issuers that sign readers in; without it there is no signing in',
    schema: (value) => value ?? '',
  },
  AHP_SESSION_KEYS: {
    description: 'Keys that seal the cookie of who has signed in, with commas; the first seals, all open',
    schema: (value) => value ?? '',
  },
  AHP_DASHBOARD_KEY: {
    description: 'Key shared with the API, which believes what is signed with it about a reader',
    schema: (value) => value ?? '',
  },
  AHP_API_PUBLIC: {
    description: 'Address of the API as readers reach it, shown on pages; default the same as AHP_API',
    schema: (value) => address('AHP_API_PUBLIC', value || process.env.AHP_API || localApi),
  },
});
