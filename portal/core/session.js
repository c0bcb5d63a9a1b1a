// Who is logged in on this device. How they log in is in login.js.
/** @import {Me} from '../types/model' */
/** @import {Session} from '../types/portal' */

const KEPT = 'clockbill.session';

/** The session, if somebody is logged in. @returns {Session | null} */
export const session = () => JSON.parse(localStorage.getItem(KEPT) ?? 'null');

/** Keeps the session for all windows. @param {Session} begun */
export const keepSession = (begun) => localStorage.setItem(KEPT, JSON.stringify(begun));

/** Forgets the session, in all windows. */
export const dropSession = () => localStorage.removeItem(KEPT);

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
