// The sums of an invoice by the server's arithmetic (Pricing), so that they can be shown while a draft is edited. Whole
// minor units; each amount is rounded half up once.

/** Half up, which for what is below zero is away from zero. @param {bigint} number @param {bigint} by above zero */
function divide(number, by) {
  const half = ((number < 0n ? -number : number) * 2n + by) / (by * 2n);
  return number < 0n ? -half : half;
}

/**
 * A decimal text as a whole number and the power of ten to divide it by.
 *
 * @param {string} text
 * @returns {[bigint, bigint]}
 */
function fraction(text) {
  const [whole, rest = ''] = text.split('.');
  return [BigInt(whole + rest), 10n ** BigInt(rest.length)];
}

/** Minutes × rate ÷ 60. @param {{billedMinutes: number, hourlyRate: number}} line */
export const timeAmount = ({ billedMinutes, hourlyRate }) =>
  Number(divide(BigInt(billedMinutes) * BigInt(hourlyRate), 60n));

/** Quantity × price of one. @param {{quantity: string, unitAmount: number}} line */
export function priceAmount({ quantity, unitAmount }) {
  const [number, scale] = fraction(quantity);
  return Number(divide(number * BigInt(unitAmount), scale));
}

/**
 * Adds up lines, takes off the discount, adds the taxes.
 *
 * @param {{amount: number, taxable?: boolean}[]} lines
 * @param {{percent?: string | null, amount?: number} | null} discount of an amount, no more than the subtotal is taken
 * @param {{name: string, ratePercent: string}[]} taxes
 */
export function totals(lines, discount, taxes) {
  const sum = (some) => some.reduce((all, { amount }) => all + BigInt(amount), 0n);
  const subtotal = sum(lines);
  const taxable = sum(lines.filter((line) => line.taxable));
  const off = discount ? taken(discount, subtotal > 0n ? subtotal : 0n) : 0n;
  const amounts = taxes.map(({ ratePercent }) => {
    const [rate, scale] = fraction(ratePercent);
    const share = rate * taxable;
    return off === 0n ? divide(share, 100n * scale) : divide(share * (subtotal - off), 100n * scale * subtotal);
  });
  return {
    subtotal: Number(subtotal),
    discount: discount && { percent: discount.percent, amount: Number(off) },
    taxes: taxes.map(({ name, ratePercent }, at) => ({ name, ratePercent, amount: Number(amounts[at]) })),
    total: Number(amounts.reduce((all, each) => all + each, subtotal - off)),
  };
}

/** @param {{percent?: string | null, amount?: number}} discount @param {bigint} most */
function taken({ percent, amount }, most) {
  if (percent) {
    const [rate, scale] = fraction(percent);
    return divide(most * rate, 100n * scale);
  }
  const asked = BigInt(amount ?? 0);
  return asked < most ? asked : most;
}
