// Which page shows which path. A page's file is loaded when somebody first goes there.
/** @import {Route, RoutedPlace} from './types/portal' */
import { address } from './core/address.js';

/** @type {Route[]} */
const routes = [
  { pattern: '/', tag: 'start-page', nav: 'start', load: () => import('./pages/start.js') },
  { pattern: '/timer', tag: 'start-page', nav: 'start', load: () => import('./pages/start.js') },
  { pattern: '/welcome', tag: 'welcome-page', nav: 'start', load: () => import('./pages/welcome.js') },
  { pattern: '/welcome/{step}', tag: 'welcome-page', nav: 'start', load: () => import('./pages/welcome.js') },
  { pattern: '/customers', tag: 'customers-page', nav: 'customers', load: () => import('./pages/customers.js') },
  {
    pattern: '/customers/{customerId}',
    tag: 'customer-page',
    nav: 'customers',
    load: () => import('./pages/customer.js'),
  },
  { pattern: '/time', tag: 'time-page', nav: 'time', load: () => import('./pages/time.js') },
  { pattern: '/invoices', tag: 'invoices-page', nav: 'invoices', load: () => import('./pages/invoices.js') },
  { pattern: '/invoices/{invoiceId}', tag: 'invoice-page', nav: 'invoices', load: () => import('./pages/invoice.js') },
  { pattern: '/billing', tag: 'billing-page', nav: 'invoices', load: () => import('./pages/billing.js') },
  { pattern: '/billing/{runId}', tag: 'billing-page', nav: 'invoices', load: () => import('./pages/billing.js') },
  { pattern: '/reports', tag: 'reports-page', nav: 'reports', load: () => import('./pages/reports.js') },
  { pattern: '/settings', tag: 'settings-page', nav: 'settings', load: () => import('./pages/settings.js') },
  { pattern: '/settings/{section}', tag: 'settings-page', nav: 'settings', load: () => import('./pages/settings.js') },
  {
    pattern: '/settings/{section}/{again}',
    tag: 'settings-page',
    nav: 'settings',
    load: () => import('./pages/settings.js'),
  },
].map((route) => ({
  ...route,
  expression: new RegExp(`^${route.pattern.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** The place that the address names; its route is undefined where no page shows that path. @returns {RoutedPlace} */
export function currentPlace() {
  const { path, query } = address();
  const route = routes.find(({ expression }) => expression.test(path));
  return { path, route, parameters: { ...route?.expression.exec(path)?.groups }, query };
}
