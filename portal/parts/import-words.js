// The words of imports: what a file may hold, what its columns may be, and how encodings are called.
export const KINDS = {
  customers: {
    words: 'Customers',
    one: 'customer',
    many: 'customers',
    past: 'added',
    seen: '#/customers',
    about:
      'Names, and where you have them email addresses, addresses, phones, tax IDs, terms, notes, contacts and rates. ' +
      'Who has no email address is billed on paper. Exports of Xero, QuickBooks, FreshBooks, Harvest and Clockify ' +
      'are understood, and the CSV of your customers here.',
    sample:
      'name,email,phone,street,city,region,postalCode,country,termsDays,hourlyRateDecimal:Tax Resolution\r\n' +
      'Ada Lovelace,ada@example.com,+1 512 555 0134,12 Quay Street,Austin,TX,78701,US,30,220.00\r\n',
  },
  services: {
    words: 'Paid services',
    one: 'service',
    many: 'services',
    past: 'added',
    seen: '#/settings/services',
    about: 'Names and hourly rates or fixed prices, and where you have them descriptions.',
    sample:
      'name,hourlyRateDecimal,billable,kind,fixedPriceDecimal,description\r\n' +
      'Tax Resolution,250.00,yes,hourly,,Notices and appeals\r\n' +
      'Tax Return,,yes,fixed,750.00,\r\n',
  },
  staff: {
    words: 'Rates of people',
    one: 'person',
    many: 'people',
    past: 'changed',
    seen: '#/settings/staff',
    about:
      'What an hour of each person costs, in all or by service. People are told by their email address, and have to ' +
      'be in your staff already: nobody is invited, and nothing else of them is changed.',
    sample: 'email,hourlyRateDecimal,hourlyRateDecimal:Tax Resolution\r\nsam@example.com,180.00,220.00\r\n',
  },
  time: {
    words: 'Time',
    one: 'time entry',
    many: 'time entries',
    past: 'added',
    seen: '#/time',
    about:
      'Customers and services as they are called here, the day, and how long it took. The detailed reports of ' +
      'Harvest, Toggl Track and Clockify are understood. Imported time waits on the Time page until you put it on an ' +
      'invoice.',
    sample:
      'customer,service,date,startTime,duration,note\r\n' +
      'Ada Lovelace,Tax Resolution,2026-03-02,9:30,1:15,Letter to the tax office\r\n',
  },
};

/** What columns may be, as people say it. */
const NAMES = {
  name: 'Name',
  email: 'Email',
  company: 'Company',
  firstName: 'First name',
  lastName: 'Last name',
  address: 'Whole address',
  street: 'Street',
  street2: 'Street, second line',
  street3: 'Street, third line',
  street4: 'Street, fourth line',
  city: 'City',
  region: 'State or region',
  postalCode: 'ZIP or postal code',
  country: 'Country',
  reference: 'Their order number',
  taxId: 'Tax ID',
  taxExempt: 'Tax exempt (yes or no)',
  termsDays: 'Days until due, such as Net 30',
  phone: 'Phone',
  billing: 'When time is billed (onStop or collect)',
  sendAutomatically: 'Send automatically (yes or no)',
  active: 'Active (yes or no)',
  hourlyRate: 'Rate an hour',
  hourlyRateDecimal: 'Rate an hour',
  kind: 'Hourly or fixed',
  fixedPrice: 'Fixed price',
  fixedPriceDecimal: 'Fixed price',
  description: 'Description',
  customer: 'Customer',
  customerEmail: 'Email of the customer',
  service: 'Service',
  note: 'Note',
  date: 'Day',
  startTime: 'Start',
  endDate: 'Day it ended',
  endTime: 'End',
  duration: 'Duration (1:30 or 1.5)',
  hours: 'Hours (1.5)',
  minutes: 'Minutes (90)',
  staffEmail: 'Email of who worked',
  staffName: 'Who worked',
  billable: 'Billable (yes or no)',
  invoiced: 'Invoiced already (yes or no)',
  // Clockbill's own
  startedAt: 'Start, with its day',
  stoppedAt: 'End, with its day',
  measuredSeconds: 'Seconds it took',
  byDay: 'Only the day is known (yes or no)',
  currency: 'Currency',
  state: 'Unbilled, drafted, billed or nonBillable',
  timeEntryId: 'Id of the time entry',
};

/** How encodings are called where people meet them. */
export const ENCODINGS = {
  'windows-1252': 'Western Europe (Windows)',
  'windows-1250': 'Central Europe (Windows)',
  'windows-1251': 'Cyrillic (Windows)',
  'windows-1253': 'Greek (Windows)',
  'windows-1254': 'Turkish (Windows)',
  'windows-1255': 'Hebrew (Windows)',
  'windows-1256': 'Arabic (Windows)',
  'windows-1257': 'Baltic (Windows)',
  macintosh: 'Western Europe (older Macs)',
  Shift_JIS: 'Japanese',
  GB18030: 'Chinese, simplified',
  Big5: 'Chinese, traditional',
  'EUC-KR': 'Korean',
  'UTF-16LE': 'Unicode text (UTF-16)',
  'UTF-16BE': 'Unicode text (UTF-16, big endian)',
};

/** @param {string} name of a column, as the API has it */
export function wordsFor(name) {
  if (name.startsWith('rates.')) {
    return 'Rate an hour for this service';
  }
  const [rate, service] = name.split(/:(.*)/s);
  return service ? `Rate an hour for ${service}` : (NAMES[rate] ?? name);
}
