// The token that each call carries. The login itself is loaded when there is none, or it is about to expire.
import { dropSession, session } from './session.js';

const EARLY = 60_000; // renew a minute before the end
const login = () => import('./login.js');
let renewing;

/** Finishes a login, if this page is the way back from it. */
export async function finishLogIn() {
  const here = new URL(location.href);
  if (here.searchParams.has('state')) {
    await (await login()).finishLogIn(here);
  }
}

/**
 * The token for API calls, renewed shortly before it expires. Without a session this leads to the login.
 *
 * @returns {Promise<string>}
 */
export async function token() {
  const current = session();
  if (current && current.until - EARLY > Date.now()) {
    return current.token;
  }
  const { logIn, renew } = await login();
  if (!current?.refresh) {
    return logIn();
  }
  renewing ??= renew(current.refresh).finally(() => {
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

/**
 * Forgets a session whose token the server no longer accepts, and logs in again, unless there is another token by now.
 *
 * @param {string} refused
 */
export async function expired(refused) {
  if (session()?.token === refused) {
    dropSession();
  }
  return token();
}
