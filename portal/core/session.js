// Who is logged in: OpenID Connect, authorization code with PKCE. Which login it is, Cognito's or a
// laptop's, is configuration alone: the page's <meta name="login"> holds issuer and client id.

const KEPT = 'clockbill.session';
const UNDER_WAY = 'clockbill.login';
const EARLY = 60_000; // renew a minute before the end
const HOME = `${location.origin}/`;

const { issuer, clientId } = JSON.parse(document.querySelector('meta[name=login]').content);
const client = { client_id: clientId, token_endpoint_auth_method: 'none' };
const ANY = Number.MAX_SAFE_INTEGER; // seconds; the API looks at a token's times, by a clock that is right
// A laptop's login has no certificate; everywhere else only HTTPS will do.
const local = ['localhost', '127.0.0.1'].includes(new URL(issuer).hostname);

let oidc; // the library, loaded by those who log in or renew
let options;
let server;
let renewing;
let leaving;

const kept = () => JSON.parse(localStorage.getItem(KEPT) ?? 'null');

/** Has the library at hand, so that a token can be renewed though the portal's files were replaced meanwhile. */
export async function prepare() {
  oidc ??= await import('../vendor/oauth4webapi.js');
  client[oidc.clockTolerance] = ANY; // a device's clock may be as wrong as it likes
}

async function discovered() {
  await prepare();
  options = { [oidc.allowInsecureRequests]: local };
  const address = new URL(issuer);
  server ??= oidc.processDiscoveryResponse(
    address, await oidc.discoveryRequest(address, { ...options, algorithm: 'oidc' }));
  return server;
}

function keep(answer, before) {
  const claims = oidc.getValidatedIdTokenClaims(answer) ?? JSON.parse(
    new TextDecoder().decode(Uint8Array.from(
      atob(answer.id_token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')),
      (letter) => letter.codePointAt(0))));
  localStorage.setItem(KEPT, JSON.stringify({
    token: answer.id_token,
    who: claims.sub,
    refresh: answer.refresh_token ?? before?.refresh,
    // By this device's own clock, however wrong it is.
    until: Date.now() + (claims.exp - claims.iat) * 1000,
  }));
}

/** Leads to the login, and afterwards back to where the person is now; once, however many calls ask for it. */
function logIn() {
  leaving ??= toLogin().catch((failed) => { leaving = undefined; throw failed; });
  return leaving;
}

async function toLogin() {
  const found = await discovered();
  const verifier = oidc.generateRandomCodeVerifier();
  const state = oidc.generateRandomState();
  const nonce = oidc.generateRandomNonce();
  sessionStorage.setItem(
    UNDER_WAY, JSON.stringify({ verifier, state, nonce, place: location.hash }));
  const address = new URL(found.authorization_endpoint);
  address.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: HOME,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  location.assign(address);
  return new Promise(() => {}); // the page is left
}

/** Takes up the code that the login came back with, if it did. */
export async function takeUp() {
  const here = new URL(location.href);
  const underWay = JSON.parse(sessionStorage.getItem(UNDER_WAY) ?? 'null');
  if (!underWay || !here.searchParams.has('state')) {
    return;
  }
  sessionStorage.removeItem(UNDER_WAY);
  const found = await discovered();
  const parameters = oidc.validateAuthResponse(found, client, here, underWay.state);
  const answer = await oidc.authorizationCodeGrantRequest(
    found, client, oidc.None(), parameters, HOME, underWay.verifier, options);
  keep(await oidc.processAuthorizationCodeResponse(
    found, client, answer, { expectedNonce: underWay.nonce, requireIdToken: true }));
  history.replaceState(null, '', `/${underWay.place}`);
}

async function renewed(session) {
  const found = await discovered();
  const answer = await oidc.refreshTokenGrantRequest(
    found, client, oidc.None(), session.refresh, options);
  keep(await oidc.processRefreshTokenResponse(found, client, answer), session);
  return kept().token;
}

/** The token to call with, renewed before it ends; without a session it leads to the login. */
export async function token() {
  const session = kept();
  if (!session) {
    return logIn();
  }
  if (session.until - EARLY > Date.now()) {
    return session.token;
  }
  if (!session.refresh) {
    return logIn();
  }
  renewing ??= renewed(session).finally(() => { renewing = undefined; });
  try {
    return await renewing;
  } catch (failed) {
    if (failed instanceof TypeError) {
      throw failed; // no network: the session may well be good
    }
    return logIn();
  }
}

/** Whose things this device keeps: the subject of the session's token. */
export const who = () => kept()?.who;

/** Whether a person may change somebody's timer or time: staff their own, owners everyone's. */
export const mayChange = (me, { staffId }) => me.role === 'owner' || me.staffId === staffId;

/** Forgets a session that the server no longer takes, and logs in again. */
export function expired() {
  localStorage.removeItem(KEPT);
  return logIn();
}

/** Logs out here and at the login; where that cannot be reached, the session stays. */
export async function logOut() {
  const { end_session_endpoint: end } = await discovered();
  localStorage.removeItem(KEPT);
  leaving = new Promise(() => {}); // what asks for a token meanwhile does not lead to the login instead
  const address = new URL(end ?? HOME);
  if (end) {
    address.search = new URLSearchParams({
      client_id: clientId, logout_uri: HOME, post_logout_redirect_uri: HOME });
  }
  location.assign(address);
}
