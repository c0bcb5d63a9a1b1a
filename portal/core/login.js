// Logging in, staying so, and logging out: OpenID Connect, authorization code with PKCE. Whether the login is Cognito's
// or a laptop's is only configuration: the page's <meta name="login"> holds issuer and client id.
import { forgetOthers } from './memory.js';
import { dropSession, keepSession, session } from './session.js';

const UNDER_WAY = 'clockbill.login';
const HOME = `${location.origin}/`;

const { issuer, clientId } = JSON.parse(
  /** @type {HTMLMetaElement} */ (document.querySelector('meta[name=login]')).content,
);
const client = { client_id: clientId, token_endpoint_auth_method: 'none' };
const ANY = Number.MAX_SAFE_INTEGER; // seconds of clock error that are tolerated: the API checks a token's times
// A laptop's login has no certificate; everywhere else HTTPS is required.
const local = ['localhost', '127.0.0.1'].includes(new URL(issuer).hostname);

/** @type {typeof import('../vendor/oauth4webapi.js')} */
let oidc; // the library
let options;
let server;
let leaving;

/** Loads the library ahead of need, so that a token can be renewed even after a new release. */
export async function loadLibrary() {
  oidc ??= await import('../vendor/oauth4webapi.js');
  client[oidc.clockTolerance] = ANY; // a device's clock may be wrong by any amount
}

async function discovered() {
  await loadLibrary();
  options = { [oidc.allowInsecureRequests]: local };
  const address = new URL(issuer);
  server ??= oidc.processDiscoveryResponse(
    address,
    await oidc.discoveryRequest(address, { ...options, algorithm: 'oidc' }),
  );
  return server;
}

/** Keeps the session that a login or renewal gave, and gives its token. */
function keep(response, refresh) {
  const claims =
    oidc.getValidatedIdTokenClaims(response) ??
    JSON.parse(
      new TextDecoder().decode(
        Uint8Array.from(atob(response.id_token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
          letter.charCodeAt(0),
        ),
      ),
    );
  forgetOthers(claims.sub);
  keepSession({
    token: response.id_token,
    who: claims.sub,
    refresh: response.refresh_token ?? refresh,
    // By this device's own clock, so that it may be wrong.
    until: Date.now() + (claims.exp - claims.iat) * 1000,
  });
  return response.id_token;
}

/** Leads to the login, and afterwards back to the current page. Leads there once, however many calls ask for it. */
export function logIn() {
  leaving ??= redirectToLogIn().catch((failed) => {
    leaving = undefined;
    throw failed;
  });
  return leaving;
}

async function redirectToLogIn() {
  const found = await discovered();
  const verifier = oidc.generateRandomCodeVerifier();
  const state = oidc.generateRandomState();
  const nonce = oidc.generateRandomNonce();
  sessionStorage.setItem(UNDER_WAY, JSON.stringify({ verifier, state, nonce, found, place: location.hash }));
  const address = new URL(found.authorization_endpoint);
  address.search = String(
    new URLSearchParams({
      client_id: clientId,
      redirect_uri: HOME,
      response_type: 'code',
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    }),
  );
  location.assign(address);
  return new Promise(() => {}); // the page is left
}

/**
 * Finishes a login that this window has begun: exchanges the code that the address holds on the way back from it.
 *
 * @param {URL} here
 */
export async function finishLogIn(here) {
  const underWay = JSON.parse(sessionStorage.getItem(UNDER_WAY) ?? 'null');
  if (!underWay) {
    return;
  }
  sessionStorage.removeItem(UNDER_WAY);
  const { hash } = location;
  try {
    await exchange(here, underWay);
  } finally {
    // Whoever has clicked meanwhile is where they want to be.
    history.replaceState(null, '', `/${location.hash === hash ? underWay.place : location.hash}`);
  }
}

async function exchange(here, underWay) {
  server ??= underWay.found; // it was asked for on the way there
  const found = await discovered();
  const parameters = oidc.validateAuthResponse(found, client, here, underWay.state);
  const response = await oidc.authorizationCodeGrantRequest(
    found,
    client,
    oidc.None(),
    parameters,
    HOME,
    underWay.verifier,
    options,
  );
  keep(
    await oidc.processAuthorizationCodeResponse(found, client, response, {
      expectedNonce: underWay.nonce,
      requireIdToken: true,
    }),
  );
}

/**
 * Renews a session by its refresh token. Gives the token of whoever is logged in then.
 *
 * @param {string} refresh
 * @returns {Promise<string>}
 * @throws {TypeError} without a network
 */
export async function renew(refresh) {
  const found = await discovered();
  const response = await oidc.refreshTokenGrantRequest(found, client, oidc.None(), refresh, options);
  const renewed = await oidc.processRefreshTokenResponse(found, client, response);
  if (session()?.refresh !== refresh) {
    return session()?.token ?? logIn(); // they have logged out meanwhile, or in again
  }
  return keep(renewed, refresh);
}

/** Logs out here and at the login. If the login cannot be reached, the session stays. */
export async function logOut() {
  const { end_session_endpoint: end } = await discovered();
  dropSession();
  await forgetOthers();
  leaving = new Promise(() => {}); // calls that need a token meanwhile do not lead to the login
  const address = new URL(end ?? HOME);
  if (end) {
    address.search = String(
      new URLSearchParams({
        client_id: clientId,
        logout_uri: HOME,
        post_logout_redirect_uri: HOME,
      }),
    );
  }
  location.assign(address);
}
