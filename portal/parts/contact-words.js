// The emails that a customer's contacts get, in words.
/** The mails that there are, as a checkbox names them. */
export const MAILS = [
  ['invoice', 'Invoices'],
  ['receipt', 'Receipts'],
  ['reminder', 'Reminders'],
];
export const ALL = MAILS.map(([word]) => word);

/** What a contact gets, in words. @param {{gets: string[]}} contact */
export const getsText = ({ gets }) => {
  const words = MAILS.filter(([word]) => gets.includes(word)).map(([, text]) => text.toLowerCase());
  return words.length ? new Intl.ListFormat('en-US').format(words) : 'no emails';
};
