// Unsaved changes of a draft invoice, kept on this device until they are saved or dropped.
import { userId } from '../core/session.js';

const key = (invoiceId) => `clockbill.draft.${userId()}.${invoiceId}`;

/** This person's unsaved changes; null if there are none. @param {string} invoiceId @returns {any} */
export const keptDraft = (invoiceId) => JSON.parse(localStorage.getItem(key(invoiceId)) ?? 'null');

/** @param {string} invoiceId @param {any} draft */
export const keepDraft = (invoiceId, draft) => localStorage.setItem(key(invoiceId), JSON.stringify(draft));

/** @param {string} invoiceId */
export const forgetDraft = (invoiceId) => localStorage.removeItem(key(invoiceId));
