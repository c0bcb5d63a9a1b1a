import { query } from './api.js';

// Places behind the #: which page shows which of them. A page is loaded when it is first gone to.
const routes = [
  { pattern: '/', tag: 'start-page', nav: 'start', load: () => import('../pages/start.js') },
  { pattern: '/timer', tag: 'start-page', nav: 'start', load: () => import('../pages/start.js') },
  { pattern: '/customers', tag: 'customers-page', nav: 'customers', load: () => import('../pages/customers.js') },
  { pattern: '/customers/{customerId}', tag: 'customer-page', nav: 'customers', load: () => import('../pages/customer.js') },
  { pattern: '/time', tag: 'time-page', nav: 'time', load: () => import('../pages/time.js') },
  { pattern: '/invoices', tag: 'invoices-page', nav: 'invoices', load: () => import('../pages/invoices.js') },
  { pattern: '/invoices/{invoiceId}', tag: 'invoice-page', nav: 'invoices', load: () => import('../pages/invoice.js') },
  { pattern: '/reports', tag: 'reports-page', nav: 'reports', load: () => import('../pages/reports.js') },
  { pattern: '/settings', tag: 'settings-page', nav: 'settings', load: () => import('../pages/settings.js') },
  { pattern: '/settings/{section}', tag: 'settings-page', nav: 'settings', load: () => import('../pages/settings.js') },
].map((route) => ({
  ...route,
  expression: new RegExp(`^${route.pattern.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** The place that the address names: its route, the parameters in its path and those of its query. */
export function place(hash = location.hash) {
  const [path, search = ''] = (hash.replace(/^#/, '') || '/').split('?');
  for (const route of routes) {
    const found = route.expression.exec(path);
    if (found) {
      return { route, parameters: { ...found.groups },
        query: Object.fromEntries(new URLSearchParams(search)) };
    }
  }
  return { route: null, parameters: {}, query: {} };
}

/** Goes to a place, such as `/invoices`. */
export const go = (to) => { location.hash = to; };

/** The address of the place that is shown, with this query. */
export const filtered = (filters) => `#${(location.hash.replace(/^#/, '') || '/').split('?')[0]}${query(filters)}`;

/** Changes the query of the place without leaving it, as filters do. */
export function filter(filters) {
  history.replaceState(null, '', filtered(filters));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
