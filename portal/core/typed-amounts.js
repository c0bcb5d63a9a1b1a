// What people type into fields for amounts, read as the firm writes them.
import { readAmount, readDiscount, readQuantity } from './amounts.js';
import { localTexts } from './format.js';

export { readPercent as percentTyped, readWhole as wholeTyped } from './amounts.js';

/** An amount as a person typed it. @param {string} typed @param {string} currency @param {{least?: number}} [limits] */
export const amountTyped = (typed, currency, limits) => readAmount(typed, currency, localTexts(), limits);

/** A quantity as a person typed it. @param {string} typed */
export const quantityTyped = (typed) => readQuantity(typed, localTexts());

/** A discount as a person typed it. @param {string} typed @param {string} currency */
export const discountTyped = (typed, currency) => readDiscount(typed, currency, localTexts());
