// Who is logged in: OpenID Connect, authorization code with PKCE. Whether the login is Cognito's or a laptop's is only
// configuration: the page's <meta name="login"> holds issuer and client id.
/** @import {Me} from '../types/model' */
import { forgetOthers } from './memory.js';

const KEPT = 'clockbill.session';
const UNDER_WAY = 'clockbill.login';
const EARLY = 60_000; // renew a minute before the end
const HOME = `${location.origin}/`;

const { issuer, clientId } = JSON.parse(
  /** @type {HTMLMetaElement} */ (document.querySelector('meta[name=login]')).content,
);
const client = { client_id: clientId, token_endpoint_auth_method: 'none' };
const ANY = Number.MAX_SAFE_INTEGER; // seconds of clock error that are tolerated: the API checks a token's times
// A laptop's login has no certificate; everywhere else HTTPS is required.
const local = ['localhost', '127.0.0.1'].includes(new URL(issuer).hostname);

/** @type {typeof import('../vendor/oauth4webapi.js')} */
let oidc; // the library, loaded for logging in and renewing
let options;
let server;
let renewing;
let leaving;

const session = () => JSON.parse(localStorage.getItem(KEPT) ?? 'null');

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

function keep(response, before) {
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
  localStorage.setItem(
    KEPT,
    JSON.stringify({
      token: response.id_token,
      who: claims.sub,
      refresh: response.refresh_token ?? before?.refresh,
      // By this device's own clock, so that it may be wrong.
      until: Date.now() + (claims.exp - claims.iat) * 1000,
    }),
  );
}

/** Leads to the login, and afterwards back to the current page. Leads there once, however many calls ask for it. */
function logIn() {
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
  sessionStorage.setItem(UNDER_WAY, JSON.stringify({ verifier, state, nonce, place: location.hash }));
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

/** Finishes a login: exchanges the code that the address holds on the way back from it, if there is one. */
export async function finishLogIn() {
  const here = new URL(location.href);
  const underWay = JSON.parse(sessionStorage.getItem(UNDER_WAY) ?? 'null');
  if (!underWay || !here.searchParams.has('state')) {
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

async function renew(before) {
  const found = await discovered();
  const response = await oidc.refreshTokenGrantRequest(found, client, oidc.None(), before.refresh, options);
  const renewed = await oidc.processRefreshTokenResponse(found, client, response);
  if (session()?.refresh !== before.refresh) {
    return session()?.token ?? logIn(); // they have logged out meanwhile, or in again
  }
  keep(renewed, before);
  return session().token;
}

/**
 * The token for API calls, renewed shortly before it expires. Without a session this leads to the login.
 *
 * @returns {Promise<string>}
 */
export async function token() {
  const current = session();
  if (!current) {
    return logIn();
  }
  if (current.until - EARLY > Date.now()) {
    return current.token;
  }
  if (!current.refresh) {
    return logIn();
  }
  renewing ??= renew(current).finally(() => {
    renewing = undefined;
  });
  try {
    return await renewing;
  } catch (failed) {
    if (failed instanceof TypeError) {
      throw failed; // no network: the session may still be valid
    }
    return logIn();
  }
}

/** The id of the person who is logged in: the subject of the token. @returns {string | undefined} */
export const userId = () => session()?.who;

/** Calls back when another window of this browser logs out, or somebody else in. @param {() => void} changed */
export function onOtherPerson(changed) {
  const who = userId();
  addEventListener('storage', ({ key }) => (key === KEPT || key === null) && userId() !== who && changed());
}

/**
 * Whether a person may change a timer or a time entry: staff their own, owners everyone's.
 *
 * @param {Me} me
 * @param {{staffId: string}} record
 */
export const mayChange = (me, { staffId }) => me.role === 'owner' || me.staffId === staffId;

/**
 * Forgets a session whose token the server no longer accepts, and logs in again, unless there is another token by now.
 *
 * @param {string} refused
 */
export async function expired(refused) {
  if (session()?.token === refused) {
    localStorage.removeItem(KEPT);
  }
  return token();
}

/** Logs out here and at the login. If the login cannot be reached, the session stays. */
export async function logOut() {
  const { end_session_endpoint: end } = await discovered();
  localStorage.removeItem(KEPT);
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
