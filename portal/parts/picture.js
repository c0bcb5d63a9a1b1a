// Charts of a report as one SVG each, which can be saved: bars of parts, one below the other.
import { save } from '../core/download.js';
import { html, svg } from '../vendor/lit.js';
import { showMessage } from './messages.js';

// Outside the page, where its colours are not known, the second ones hold.
const INK = 'var(--ink, #16202e)';
const MUTED = 'var(--muted, #566275)';
/** Colours of parts that follow each other, from fresh to old. */
export const AGES = ['#3b82c4', '#5aa9a0', '#d9a441', '#d97b41', '#c2453d'];
/** Colours of parts that stand side by side. */
export const PAIR = ['#3b82c4', '#5fae8b'];

const ROW = 44;
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/**
 * A chart of bars.
 *
 * @param {object} chart
 * @param {string} chart.title
 * @param {string} chart.file the name of the file that it is saved as
 * @param {string[]} chart.parts what the colours mean
 * @param {string[]} chart.colors
 * @param {{label: string, value: string, parts: number[]}[]} chart.rows the lengths of a bar's parts, and what it says
 * @param {boolean} [chart.apart] whether parts are bars of their own, one below the other
 */
export function picture({ title, file, parts, colors, rows, apart = false }) {
  const narrow = innerWidth < 640;
  const width = narrow ? 340 : Math.min(1046, innerWidth - 96);
  const legend = 26 + Math.ceil(parts.length / (narrow ? 2 : parts.length)) * 20;
  const tall = ROW + (apart ? Math.max(0, parts.length - 2) * 8 : 0);
  const height = legend + rows.length * tall + 6;
  const lengths = rows.map((row) => (apart ? Math.max(...row.parts) : row.parts.reduce((sum, part) => sum + part, 0)));
  const scale = width / Math.max(1, ...lengths);
  const bar = (row, top) => {
    let x = 0;
    return row.parts.map((part, at) => {
      const length = Math.max(0, part) * scale;
      const y = top + 20 + (apart ? at * 8 : 0);
      const drawn = svg`<rect x=${x} y=${y} width=${length} height=${apart ? 7 : 14} rx="2" fill=${colors[at]}></rect>`;
      x += apart ? 0 : length;
      return drawn;
    });
  };
  const step = narrow ? width / 2 : Math.min(170, width / parts.length);
  return html`<figure class="picture">
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox="0 0 ${width} ${height}"
      width=${width}
      height=${height}
      role="img"
      aria-label="${title}. The table has the same figures."
      font-family="Inter, system-ui, sans-serif"
      font-size="13"
    >
      <text x="0" y="15" font-weight="600" fill=${INK}>${title}</text>
      ${parts.map((name, at) => {
        const x = (narrow ? at % 2 : at) * step;
        const y = 26 + (narrow ? Math.floor(at / 2) * 20 : 0);
        return svg`<rect x=${x} y=${y} width="11" height="11" rx="2" fill=${colors[at]}></rect>
          <text x=${x + 17} y=${y + 10} fill=${MUTED}>${name}</text>`;
      })}
      ${rows.map((row, at) => {
        const top = legend + at * tall;
        return svg`<text x="0" y=${top + 14} fill=${INK}>${cut(row.label, narrow ? 26 : 60)}</text>
          <text x=${width} y=${top + 14} text-anchor="end" fill=${INK}>${row.value}</text>${bar(row, top)}`;
      })}
    </svg>
    <figcaption class="row">
      <button class="plain flush" @click=${(event) => saveSvg(event, file)}>Save picture (SVG)</button>
      <button class="plain" @click=${(event) => savePng(event, file)}>Save picture (PNG)</button>
    </figcaption>
  </figure>`;
}

/** The drawing as a file of its own: with fixed colours, on white. */
function drawing(event) {
  const copy = event.target.closest('figure').querySelector('svg').cloneNode(true);
  const [, , width, height] = copy.getAttribute('viewBox').split(' ').map(Number);
  copy.setAttribute('viewBox', `-16 -12 ${width + 32} ${height + 24}`);
  copy.setAttribute('width', width + 32);
  copy.setAttribute('height', height + 24);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({
    x: -16,
    y: -12,
    width: width + 32,
    height: height + 24,
    fill: '#fff',
  })) {
    ground.setAttribute(name, String(value));
  }
  copy.prepend(ground);
  const text = new XMLSerializer().serializeToString(copy).replaceAll(/var\(--\w+, (#\w+)\)/g, '$1');
  return { text: text.replaceAll(/<!--.*?-->/gs, ''), width: width + 32, height: height + 24 };
}

function saveSvg(event, file) {
  save(new Blob([drawing(event).text], { type: 'image/svg+xml' }), `${file}.svg`);
}

async function savePng(event, file) {
  const { text, width, height } = drawing(event);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  try {
    await image.decode();
  } catch {
    showMessage('This browser could not draw the picture. Save it as SVG.');
    return;
  }
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(blob, `${file}.png`), 'image/png');
}
