import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  {
    ignores: [
      '**/node_modules/',
      'data/',
      'dashboard/build/',
      'dashboard/.svelte-kit/',
      'dashboard/src/graphql-env.d.ts',
      'dashboard/tests/output/',
    ],
  },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  { languageOptions: { globals: { ...globals.node } } },
  { files: ['dashboard/src/**'], languageOptions: { globals: { ...globals.browser } } },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-undef': 'off',
      'svelte/no-at-html-tags': 'error',
      '@typescript-eslint/no-unused-expressions': ['error', { allowTernary: true, allowShortCircuit: true }],
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/no-useless-mustaches': 'off',
    },
  },
  // Tests read answers of the api as a caller would: JSON without types.
  {
    files: ['**/*.test.ts', '*/test/**', 'dashboard/tests/**'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  // The one place that puts markup in as it is: pictures drawn by our own server code, whose texts are escaped there.
  { files: ['dashboard/src/lib/components/Figure.svelte'], rules: { 'svelte/no-at-html-tags': 'off' } },
  prettier,
);
