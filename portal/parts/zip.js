// A ZIP file of files as they are: PDFs are compressed already. By PKWARE's APPNOTE.TXT 6.3.10, method 0, in UTF-8.
const TABLE = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value;
});

/** @param {Uint8Array} bytes */
function checksum(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value = TABLE[(value ^ byte) & 0xff] ^ (value >>> 8);
  }
  return (value ^ 0xffffffff) >>> 0;
}

/** Numbers of two or four bytes, least first. @param {...number[]} fields pairs of size and value */
function packed(...fields) {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) {
      view.setUint16(at, value, true);
    } else {
      view.setUint32(at, value, true);
    }
    at += size;
  }
  return new Uint8Array(view.buffer);
}

const UTF8 = 0x0800;
const DAY = 0x5a21; // 2025-01-01: a ZIP has to have some day

/**
 * The bytes of a ZIP file.
 *
 * @param {{name: string, bytes: Uint8Array<ArrayBuffer>}[]} files
 */
export function zipped(files) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const bodies = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let offset = 0;
  const used = new Set();
  for (const { name, bytes } of files) {
    let unique = name;
    for (let copy = 2; used.has(unique); copy++) {
      unique = name.replace(/(\.\w+)?$/, ` (${copy})$1`);
    }
    used.add(unique);
    const title = new TextEncoder().encode(unique);
    const facts = [
      [2, 20],
      [2, UTF8],
      [2, 0],
      [2, 0],
      [2, DAY],
      [4, checksum(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, title.length],
      [2, 0],
    ];
    const local = packed([4, 0x04034b50], ...facts);
    bodies.push(local, title, bytes);
    directory.push(packed([4, 0x02014b50], [2, 20], ...facts, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), title);
    offset += local.length + title.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = packed(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, offset],
    [2, 0],
  );
  return new Blob([...bodies, ...directory, end], { type: 'application/zip' });
}
