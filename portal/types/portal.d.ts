// The portal's own shapes: what its files hand to each other. They live here because the browser needs none of this.
import type { Timer } from './model';

declare global {
  /** What has been asked for before it is needed, by its path, and with which token. */
  var early: Map<string, { token: string; response: Promise<Response> }> | undefined;
}

/** Filters of a list, as they are in an address. */
export type Query = Record<string, string | number | null | undefined>;

/** How a call of the API is made. */
export interface CallOptions {
  /** Sent as JSON; a text is sent as CSV, a file as it is. */
  body?: unknown;
  /** Sent as If-Match. */
  version?: number;
  /** The idempotency key of a POST. */
  key?: string;
  /** The media type to ask for. */
  accept?: string;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
  /** Gives the response itself, headers included, instead of its content. */
  file?: boolean;
  /** Does not try again by itself: for a POST that would do twice what it asks for. */
  once?: boolean;
  /** Reads so much that it is not tried again by itself after a time-out. */
  costly?: boolean;
  /** Does not show the call as progress. */
  background?: boolean;
}

/** Where a page is: the path, the parameters that the path holds, and the filters. */
export interface Place {
  path: string;
  parameters: Record<string, string>;
  query: Record<string, string>;
}

/** Which page shows which path. */
export interface Route {
  pattern: string;
  expression: RegExp;
  /** The page's element. */
  tag: string;
  /** The entry of the main menu that is marked. */
  nav: string;
  /** Loads the page's file. */
  load: () => Promise<unknown>;
}

/** A place with its route, which is undefined where no page shows that path. */
export type RoutedPlace = Place & { route: Route | undefined };

/** A message beside the page. */
export interface Message {
  text: string;
  undo?: () => void;
  /** Makes final what can still be undone. */
  commit?: (leaving: boolean) => Promise<boolean>;
}

/** What is wrong, by the path of the field: see Refusal. */
export type Errors = Map<string, string>;

/** What a form field is like, beyond its label, name and value. */
export interface FieldOptions {
  errors?: Errors;
  /** The API's name of the field, if it is not the control's. */
  path?: string;
  type?: string;
  hint?: unknown;
  required?: boolean;
  maxlength?: number;
  min?: number | string;
  max?: number | string;
  step?: number;
  inputmode?: string;
  /** Makes it a text area. */
  rows?: number;
  readonly?: boolean;
  autocomplete?: string;
  placeholder?: string;
}

/** A list that is read page by page. */
export interface PagedList {
  path: string;
  /** The field of the response that holds the entries. */
  name: string;
  parameters: Query;
  /** The entries read so far. */
  items: any[];
  /** The cursor of the next page, if there is one. */
  next: string | undefined;
}

/** A column of a table: its name, or its name and its class. */
export type Column =
  | string
  | {
      words: string;
      kind: string;
      /** What the heading shows in place of its words. */
      content?: unknown;
      /** Makes the heading a link that sorts: how the column is sorted now, and where the link leads. */
      sort?: { now: 'ascending' | 'descending' | undefined; href: string };
    };

/** A timer as it is shown: one that waits for the network has no id yet. */
export type ShownTimer = Omit<Timer, 'timerId'> & { timerId: string | null; waiting?: boolean };

/** A start, a stop or a whole time entry that waits for the network. */
export interface Waiting {
  kind: 'start' | 'stop' | 'entry';
  /** What is sent. */
  body: any;
  /** The names of its customer and service, for people. */
  names?: any;
  /** The idempotency key, except for a stop. */
  key?: string;
  /** Whose stop it is; null while its start waits too. */
  timerId?: string | null;
}

/** Time that waited for the network and was refused. */
export interface RefusedTime {
  customerId: string;
  customerName: string;
  serviceId: string;
  serviceName: string;
  note: string;
  billable?: boolean;
  startedAt: string;
  stoppedAt?: string;
  /** The sentence that the server refused it with. */
  why: string;
}

/** A field of time that is typed. */
export type TypedField = 'day' | 'from' | 'to' | 'endDay' | 'duration';

/** Where and when times are typed. */
export interface TimeContext {
  /** A BCP 47 tag: how times and dates are written. */
  locale: string;
  /** The time zone of the clocks that are meant. */
  zone: string;
  /** Now by the server's clock, in milliseconds: what is typed lies before. */
  now: number;
  /** Whether the end may be left open. */
  open?: boolean;
}

/** Time from one instant to another, in milliseconds, as it stands while it is typed. */
export interface Span {
  begin: number;
  /** Null where it is left open. */
  end: number | null;
  /** What follows when the start is changed: the end, or the duration. */
  follows: 'end' | 'duration';
  /** The length, in milliseconds, that a person has said is right though it is unusual. */
  sure?: number;
}

/** What is wrong with what was typed, with the answers to choose from, if there are any. */
export interface Asked {
  problem: string;
  answers: TimeAnswer[];
}

/** An answer: what it says, and the span that it leads to, or what it stands for if typed. */
export interface TimeAnswer {
  words: string;
  span?: Span;
  typed?: string;
}

/** A row of the week: what is worked on. */
export interface WeekRow {
  customerId: string;
  customerName: string;
  serviceId: string;
  serviceName: string;
  note: string;
}

/** Who is logged in, as it is kept on the device. */
export interface Session {
  /** The token of each call. */
  token: string;
  /** The person's id: the subject of the token. */
  who: string;
  /** The refresh token, if the login gave one. */
  refresh?: string;
  /** When the token ends by this device's clock, in milliseconds. */
  until: number;
}
