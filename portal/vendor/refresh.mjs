// Fetches the libraries that the portal uses and writes each as one file, with a manifest of versions, licences and
// SHA-256 hashes. Run it by hand to move to other versions, and give package.json the same ones, which the types of
// lit and oauth4webapi come from:
//
//   node portal/vendor/refresh.mjs
//
// The portal itself needs no build: the browser loads these files as they are.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const work = mkdtempSync(join(tmpdir(), 'portal-vendor-'));
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
    const sha256 = createHash('sha256').update(readFileSync(target)).digest('hex');
    return { file, from, licence, sha256 };
  });
  writeFileSync(join(here, 'manifest.json'), `${JSON.stringify({ bundler, files }, null, 2)}\n`);
} finally {
  rmSync(work, { recursive: true });
}
