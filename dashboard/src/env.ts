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
  AHP_API_PUBLIC: {
    description: 'Address of the API as readers reach it, shown on pages; default the same as AHP_API',
    schema: (value) => address('AHP_API_PUBLIC', value || process.env.AHP_API || localApi),
  },
});
