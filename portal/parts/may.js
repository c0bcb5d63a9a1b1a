// What a person may do in their firm; the server refuses the rest all the same.
/** @import {Firm, Me} from '../types/model' */

/**
 * Whether a person may do what the firm's owners can keep to themselves.
 *
 * @param {{me?: Me, firm?: Firm}} who somebody and their firm, as pages have them
 * @param {keyof Firm['permissions']} what
 */
export const may = ({ me, firm }, what) => me?.role === 'owner' || firm?.permissions[what] !== false;
