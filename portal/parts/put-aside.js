// What is deleted unless somebody presses Undo: lists leave it out at once, though the server still has it.

/** @type {Set<string>} */
const aside = new Set();

/** Leaves it out of lists from now on; false if it is left out already. @param {string} id */
export const putAside = (id) => !aside.has(id) && Boolean(aside.add(id));

/** Shows it in lists again. @param {string} id */
export const takeBack = (id) => aside.delete(id);

/** Those of a list that are shown. @param {any[]} items */
export const shown = (items) => items.filter(({ invoiceId, timeEntryId }) => !aside.has(timeEntryId ?? invoiceId));
