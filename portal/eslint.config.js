// What the portal's sources are checked for beyond their format and their types.
import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import globals from 'globals';

export default [
  { ignores: ['vendor/*.js', 'types/'] },
  js.configs.recommended,
  lit.configs['flat/recommended'],
  {
    files: ['**/*.{js,mjs}'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      curly: 'error',
      eqeqeq: 'error',
      'no-shadow': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'no-unused-private-class-members': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
      'max-len': ['error', { code: 120, ignoreUrls: true }],
    },
  },
  { files: ['*.js', '{core,parts,tracking,pages}/**/*.js'], languageOptions: { globals: globals.browser } },
  { files: ['*.config.js', 'vendor/*.mjs'], languageOptions: { globals: globals.node } },
];
