// The API's sentences about wrong fields in the words of the person who filled them in. What the API says for people
// already stays as it is.
/** @type {[RegExp, string][]} */
const SENTENCES = [
  [/^This (is missing|may not be empty|cannot be removed)\.$/, 'Fill this in.'],
  [/^This has to be an instant /, 'This is not a date with a time.'],
  [/^This has to be a date /, 'This is not a date.'],
  [/^This has to be between the years /, 'This year is not possible.'],
  [/^This has to be a percentage as text/, 'This is not a percentage. Write it like 8.25.'],
  [/^This has to be a number above zero as text/, 'Write a number above zero, like 1.5.'],
  [/^This may be at most 100\.$/, 'At most 100%.'],
  [/^This has to be a whole number\.$/, 'Write a whole number.'],
  [/^This has to be between .*\d{6}/, 'This is too high or too low.'],
  [/^This has to be one of /, 'Choose one that is listed.'],
  [/^This has to be an ISO 4217 code/, 'Choose a currency that is listed.'],
  [/^This has to be an IANA zone/, 'Choose a time zone that is listed.'],
  [/^Give the country as two letters/, 'Choose a country that is listed.'],
  [/^Send either a percentage or an amount/, 'Write a percentage or an amount.'],
  [/^This invoice has no such line/, 'Somebody took this line off meanwhile. Load the page again.'],
  [/^There is no service with this id/, 'This service is gone. Load the page again.'],
  [
    /^(This has to be (text|true or false|a list|an object|an id)|There is no such field|Send )/,
    'This page is out of date. Load it again, then repeat.',
  ],
];

/** @param {string} message of the API about a field */
const inWords = (message) => SENTENCES.find(([said]) => said.test(message))?.[1] ?? message;

/** Where a field is that may be one of many. @param {string} path */
function place(path) {
  const line = /^lines\[(\d+)\]/.exec(path)?.[1];
  return line === undefined ? '' : `Line ${Number(line) + 1}: `;
}

/**
 * What is wrong, by the path of the field, in words.
 *
 * @param {{field: string, message: string}[]} errors
 * @returns {Map<string, string>}
 */
export const errorsInWords = (errors) => new Map(errors.map(({ field, message }) => [field, inWords(message)]));

/**
 * What is wrong in a sentence, for where no field shows it.
 *
 * @param {{field: string, message: string}[]} errors
 */
export const sentenceOf = (errors) =>
  errors.length === 1 ? place(errors[0].field) + inWords(errors[0].message) : 'Correct the fields that are marked.';
