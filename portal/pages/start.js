// The start page: what runs, what waits, what is owed, how the months went; or the first steps.
import { get } from '../core/api.js';
import { money, moment } from '../core/format.js';
import { Page } from '../core/page.js';
import { html, nothing, svg } from '../vendor/lit.js';

const HEIGHT = 100;

const monthName = (month) => new Intl.DateTimeFormat(navigator.language, { month: 'short', timeZone: 'UTC' })
  .format(new Date(`${month}-01T00:00:00Z`));

class StartPage extends Page {
  async read() {
    const [overview, { timers }, { services }, { customers }] = await Promise.all([
      get('/reports/overview').catch((failed) => ({ failed })), get('/timers'), get('/services'), get('/customers?limit=1')]);
    return { overview, timers, steps: this.#steps(services, customers) };
  }

  /** What a firm has to do before the first timer, in order; done ones are marked. */
  #steps(services, customers) {
    return [
      { words: 'Set up payments, so that customers can pay by card', to: '#/settings/payments', done: this.firm.payments.status === 'ready' },
      { words: 'Add a paid service with its hourly rate', to: '#/settings/services', done: services.some((service) => service.active) },
      { words: 'Add your first customer', to: '#/customers', done: customers.length > 0 },
    ];
  }

  #firstSteps(steps) {
    return html`<section class="card stack" aria-label="First steps"><h2>First steps</h2><ol class="stack">${steps.map((step) =>
      html`<li>${step.done ? html`<s>${step.words}</s> <span class="pill ok">Done</span>` : html`<a href=${step.to}>${step.words}</a>`}</li>`)}</ol></section>`;
  }

  #card(words, { count, amount }, currency, to) {
    return html`<a class="card" href=${to}><span class="muted">${words}</span><p class="figure">${money(amount, currency)}</p>
      <small>${count === 1 ? 'one' : count}</small></a>`;
  }

  #cards({ currency, drafts, overdue, unbilled }) {
    return html`<div class="cards">${this.#card('Drafts waiting', drafts, currency, '#/invoices?state=draft')}
      ${this.#card('Overdue', overdue, currency, '#/invoices?state=overdue')}
      ${this.#card('Unbilled time', unbilled, currency, '#/time?state=unbilled')}</div>`;
  }

  #chart({ months, currency }) {
    const most = Math.max(1, ...months.flatMap(({ billed, paid }) => [billed, paid]));
    const bar = (kind, amount) => {
      const height = Math.round((Math.max(0, amount) / most) * HEIGHT);
      return svg`<rect class=${kind} x=${kind === 'paid' ? 52 : 8} y=${HEIGHT - height} width="40" height=${height} rx="4"></rect>`;
    };
    return html`<section class="card stack"><h2>Billed and paid</h2>
      <div class="chart" aria-hidden="true">${months.map((month) => html`<div class="month">
        <svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" width="100%" height="100%">${bar('billed', month.billed)}${bar('paid', month.paid)}</svg>
        <small>${monthName(month.month)}</small></div>`)}</div>
      <p class="row"><span><span class="key billed"></span>Billed</span><span><span class="key paid"></span>Paid</span></p>
      <details><summary>The same as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Billed and paid by month"><table>
        <thead><tr><th scope="col">Month</th><th scope="col" class="num">Billed</th><th scope="col" class="num">Paid</th></tr></thead>
        <tbody>${months.toReversed().map((month) => html`<tr><th scope="row">${month.month}</th><td class="num">${money(month.billed, currency)}</td><td class="num">${money(month.paid, currency)}</td></tr>`)}</tbody></table></div></details></section>`;
  }

  content({ overview, timers, steps }) {
    return html`<div class="head"><h1>${this.firm.name}</h1><a class="button primary" href="#/customers">Choose a customer to track</a></div>
      <div class="stack">${steps.every((step) => step.done) ? nothing : this.#firstSteps(steps)}
        ${overview.failed ? html`<p class="hint">The sums and the chart cannot be shown right now. ${overview.failed.message}</p>` : this.#cards(overview)}
        <section class="card"><h2>Running now</h2>${timers.length ? html`<ul class="plain stack">${timers.map((timer) => html`<li class="row apart">
            <span><span class="dot"></span><b>${timer.staffName}</b> · <a href="#/customers/${timer.customerId}">${timer.customerName}</a> · ${timer.serviceName}</span>
            <span class="muted">since ${moment(timer.startedAt)}</span></li>`)}</ul>` : html`<p class="muted">No timer is running.</p>`}</section>
        ${overview.failed ? nothing : this.#chart(overview)}</div>`;
  }
}
customElements.define('start-page', StartPage);
