// Opens winmail.dat (MS-OXTNEF): the files and the text that Outlook packed into it. Of its many properties it reads
// those few, and takes a broken container for as much as it holds.

export interface Tnef {
  readonly files: readonly TnefFile[];
  /** null when the container holds none. */
  readonly text: string | null;
  readonly html: Uint8Array | null;
}

export interface TnefFile {
  readonly name: string;
  readonly type: string | null;
  readonly bytes: Uint8Array;
}

const signature = 0x223e9f78;
const attribute = { renderData: 0x9002, title: 0x8010, data: 0x800f, properties: 0x9005, body: 0x800c, message: 0x9003 };
const property = { body: 0x1000, html: 0x1013, data: 0x3701, extension: 0x3703, name: 0x3704, longName: 0x3707, mime: 0x370e };
const maxFiles = 500;

/** null when these bytes are no such container. */
export function openTnef(bytes: Uint8Array): Tnef | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 6 || view.getUint32(0, true) !== signature) return null;
  const files: { name: string; type: string | null; bytes: Uint8Array }[] = [];
  let text: string | null = null;
  let html: Uint8Array | null = null;
  for (const { id, data } of attributesOf(view, bytes)) {
    const file = files.at(-1);
    if (id === attribute.renderData && files.length < maxFiles) files.push({ name: "", type: null, bytes: new Uint8Array() });
    else if (id === attribute.body) text = narrow(data);
    else if (id === attribute.message) {
      const found = propertiesOf(data);
      html = found.get(property.html) ?? html;
      text = text ?? textOf(found, property.body);
    } else if (file === undefined) continue;
    else if (id === attribute.title) file.name ||= narrow(data);
    else if (id === attribute.data) file.bytes = data;
    else if (id === attribute.properties) {
      const found = propertiesOf(data);
      file.name = textOf(found, property.longName) ?? (file.name || (textOf(found, property.name) ?? ""));
      file.type = textOf(found, property.mime);
      if (file.bytes.length === 0) file.bytes = found.get(property.data) ?? file.bytes;
    }
  }
  return { files: files.filter((file) => file.bytes.length > 0), text, html };
}

interface Attribute {
  readonly id: number;
  readonly data: Uint8Array;
}

/** Level (1 byte), id and type (2 + 2), length (4), data, checksum (2), all little-endian. */
function* attributesOf(view: DataView, bytes: Uint8Array): Generator<Attribute> {
  for (let at = 6; at + 11 <= bytes.length; ) {
    const id = view.getUint16(at + 1, true);
    const length = view.getUint32(at + 5, true);
    if (at + 9 + length > bytes.length) return;
    yield { id, data: bytes.subarray(at + 9, at + 9 + length) };
    at += 9 + length + 2;
  }
}

/** Sizes of values of fixed length, by type, as they lie in the container. */
const fixed: Record<number, number> = { 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0a: 4, 0x0b: 4, 0x14: 8, 0x40: 8, 0x48: 16 };
const unicode = 0x1f;
const object = 0x0d;

/** MAPI properties by id; strings come out as UTF-8. Ends at the first that it can't read. */
function propertiesOf(data: Uint8Array): Map<number, Uint8Array> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const found = new Map<number, Uint8Array>();
  let at = 4;
  try {
    for (let left = view.getUint32(0, true); left > 0; left--) {
      const type = view.getUint16(at, true) & 0xfff;
      const isMany = (view.getUint16(at, true) & 0x1000) !== 0;
      const id = view.getUint16(at + 2, true);
      at += 4;
      if (id >= 0x8000) at = behindName(view, at);
      const size = fixed[type];
      if (size !== undefined) {
        at += isMany ? 4 + view.getUint32(at, true) * size : size;
        continue;
      }
      const count = view.getUint32(at, true);
      at += 4;
      for (let value = 0; value < count; value++) {
        const length = view.getUint32(at, true);
        const bytes = data.subarray(at + 4, at + 4 + length);
        if (!found.has(id)) found.set(id, type === unicode ? Buffer.from(wide(bytes), "utf8") : type === object ? bytes.subarray(16) : bytes);
        at += 4 + Math.ceil(length / 4) * 4;
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

/** A named property: a GUID, then a number or a name. */
function behindName(view: DataView, at: number): number {
  const isNumber = view.getUint32(at + 16, true) === 0;
  return isNumber ? at + 24 : at + 24 + Math.ceil(view.getUint32(at + 20, true) / 4) * 4;
}

function textOf(found: Map<number, Uint8Array>, id: number): string | null {
  const bytes = found.get(id);
  return bytes === undefined ? null : narrow(bytes) || null;
}

function narrow(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    return new TextDecoder("windows-1252").decode(text);
  }
}

function wide(bytes: Uint8Array): string {
  return new TextDecoder("utf-16le").decode(bytes).replace(/\0+$/, "");
}
