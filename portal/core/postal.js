// How countries write addresses: which parts they have, in which order, and by what names. The server writes addresses
// by the same file, which is loaded when an address is first asked for.

/** @typedef {{lines?: string[], region?: string, city?: string, postalCode?: string}} Format */
/** @typedef {Record<string, Format>} Formats by codes of ISO 3166 */

/** The parts by their letters in the file; others are not asked for here. */
const PARTS = { A: ['street', 'street2'], C: ['city'], S: ['region'], Z: ['postalCode'] };

const WORDS = {
  street: { '': 'Street and number' },
  street2: { '': 'Suite or floor' },
  city: { '': 'City', district: 'District', post_town: 'Town or city', suburb: 'Suburb' },
  region: {
    '': 'Province',
    area: 'Area',
    county: 'County',
    department: 'Department',
    district: 'District',
    do_si: 'Province or city',
    emirate: 'Emirate',
    island: 'Island',
    oblast: 'Region',
    parish: 'Parish',
    prefecture: 'Prefecture',
    state: 'State',
  },
  postalCode: { '': 'Postal code', eircode: 'Eircode', pin: 'PIN code', zip: 'ZIP code' },
};

/** All parts but the country, as an envelope has them where no country is known. */
const ALL = ['street', 'street2', 'city', 'region', 'postalCode'];

/** @type {Promise<Formats> | undefined} */
let loading;

/**
 * The formats of all countries; none where they cannot be loaded, and then the next call tries again.
 *
 * @returns {Promise<Formats>}
 */
export function postalFormats() {
  loading ??= fetch(new URL('../vendor/addresses.json', import.meta.url))
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
    .catch(() => {
      loading = undefined;
      return {};
    });
  return loading;
}

/**
 * The parts of an address with what a country calls them, in its order. What it does not ask for comes last, where
 * something stands in it.
 *
 * @param {Formats} formats
 * @param {string} country its code, or nothing where none is known
 * @param {Record<string, unknown>} filled the parts in which something stands
 * @returns {[part: string, words: string][]}
 */
export function postalParts(formats, country, filled = {}) {
  const format = formats[country];
  if (!format) {
    return ALL.map((part) => [part, part === 'region' ? 'State or region' : WORDS[part]['']]);
  }
  const letters = (format.lines ?? ['%A', '%C']).join('').match(/%[A-Z]/g) ?? [];
  const asked = letters.flatMap((letter) => PARTS[letter[1]] ?? []);
  const more = ALL.filter((part) => !asked.includes(part) && filled[part]);
  return [...asked, ...more].map((part) => [part, WORDS[part][format[part] ?? ''] ?? WORDS[part]['']]);
}
