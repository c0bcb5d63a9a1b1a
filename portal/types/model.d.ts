// The shapes of the API's requests and responses under the portal's own names. `api.d.ts` beside this file is generated
// from the API's description by `npm run types` and not kept in the repository.
import type { components } from './api';

type Schemas = components['schemas'];

export type BillingRun = Schemas['BillingRun'];
export type BillingRunSummary = Schemas['BillingRunSummary'];
export type BillingDraft = Schemas['BillingRun']['drafts'][number];
export type Customer = Schemas['Customer'];
export type Firm = Schemas['Firm'];
export type ImportedLine = Schemas['ImportedLine'];
export type Invoice = Schemas['Invoice'];
export type InvoiceSummary = Schemas['InvoiceSummary'];
export type Line = Schemas['Line'];
export type Me = Schemas['Me'];
export type Overview = Schemas['Overview'];
export type Payment = Schemas['Payment'];
export type RealisationRow = Schemas['RealisationRow'];
export type Service = Schemas['Service'];
export type StaffMember = Schemas['StaffMember'];
export type TimeEntry = Schemas['TimeEntry'];
/** What an import answers. */
export type Tried = components['responses']['Imported']['content']['application/json'];
export type Timer = Schemas['Timer'];
export type UnbilledCustomer = Schemas['UnbilledCustomer'];
