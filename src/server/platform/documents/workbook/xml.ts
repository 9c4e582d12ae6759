import { isUtf8 } from 'node:buffer';
import { damaged, tooLarge } from './zip.ts';

/** Bytes of one text; a cell holds at most 32,767 characters, each written with at most ten bytes. */
export const longestText = 1024 * 1024;

const less = 0x3c;
const greater = 0x3e;
const slash = 0x2f;
const quote = 0x22;
const apostrophe = 0x27;
const colon = 0x3a;
const equals = 0x3d;

/**
 * The bytes of an XML part in UTF-8, whatever encoding it was written in. A part with a document type is refused:
 * the format forbids it (ECMA-376 part 2, 6.2.5), and its entities could unfold without end.
 * @throws Problem `import.damaged`
 */
export function xmlBytes(content: Buffer, name: string): Buffer {
  const bytes = inUtf8(content, name);
  if (bytes.includes('<!DOCTYPE') || bytes.includes('<!ENTITY')) throw damaged(`${name} 含有不允许的实体声明`);
  return bytes;
}

function inUtf8(content: Buffer, name: string): Buffer {
  const [first, second, third] = content;
  if (first === 0xef && second === 0xbb && third === 0xbf) return inUtf8(content.subarray(3), name);
  const encoding = markedEncoding(first, second) ?? declaredEncoding(content) ?? 'utf-8';
  if (/^(utf-?8|us-ascii)$/i.test(encoding)) {
    if (!isUtf8(content)) throw damaged(`${name} 的文字编码有误`);
    return content;
  }
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(content), 'utf8');
  } catch {
    throw damaged(`${name} 的文字编码有误`);
  }
}

function markedEncoding(first: number | undefined, second: number | undefined): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a byte order mark the first character is "<".
  if (first === less && second === 0) return 'utf-16le';
  return first === 0 && second === less ? 'utf-16be' : undefined;
}

function declaredEncoding(content: Buffer): string | undefined {
  const head = content.toString('latin1', 0, 200);
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
}

/**
 * Walks over the tags of a part, one after the other, and builds nothing. Names are returned without their prefix. Tags
 * whose prefix is not that of the first element belong to another namespace: `own` is false for them.
 */
export class XmlScanner {
  readonly bytes: Buffer;
  /** The place behind the tag that was found last. */
  position: number;
  name = '';
  kind: 'open' | 'close' | 'empty' = 'open';
  own = true;
  #prefix: string | undefined;
  #attributesFrom = 0;
  #attributesTo = 0;

  constructor(bytes: Buffer, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  /** The prefix of the first element with the colon, or an empty text. */
  get prefix(): string {
    return this.#prefix ?? '';
  }

  /** Goes to the next tag; false at the end. Comments, instructions and CDATA are skipped. */
  next(): boolean {
    const { bytes } = this;
    for (;;) {
      const at = bytes.indexOf(less, this.position);
      if (at < 0) return false;
      const skipped = afterMarkup(bytes, at);
      if (skipped === at) {
        this.#read(at);
        return true;
      }
      this.position = skipped;
    }
  }

  #read(at: number): void {
    const { bytes } = this;
    const isClosing = bytes[at + 1] === slash;
    const from = isClosing ? at + 2 : at + 1;
    let to = from;
    let local = from;
    for (let byte = bytes[to]; byte !== undefined && !endsName(byte); byte = bytes[to]) {
      if (byte === colon) local = to + 1;
      to += 1;
    }
    const end = tagEnd(bytes, to);
    const isEmpty = !isClosing && bytes[end - 2] === slash;
    this.name = bytes.toString('latin1', local, to);
    const prefix = bytes.toString('latin1', from, local);
    this.#prefix ??= prefix;
    this.own = prefix === this.#prefix;
    this.kind = isClosing ? 'close' : isEmpty ? 'empty' : 'open';
    this.#attributesFrom = to;
    this.#attributesTo = isEmpty ? end - 2 : end - 1;
    this.position = end;
  }

  /** The value of an attribute of the tag found last, by its name without prefix. */
  attribute(wanted: string): string | undefined {
    return this.attributes().get(wanted);
  }

  attributes(): Map<string, string> {
    const text = this.bytes.toString('utf8', this.#attributesFrom, this.#attributesTo);
    const found = new Map<string, string>();
    for (const [, name, double, single] of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      found.set(name!.slice(name!.indexOf(':') + 1), unescapeXml(double ?? single ?? ''));
    }
    return found;
  }
}

/** Whether the text of an attribute means true. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** The place behind a comment, an instruction or CDATA that begins at `at`; `at` itself where a tag begins. */
export function afterMarkup(bytes: Buffer, at: number): number {
  const sign = bytes[at + 1];
  if (sign === 0x3f) return behind(bytes, '?>', at);
  if (sign !== 0x21) return at;
  return bytes[at + 2] === 0x5b ? behind(bytes, ']]>', at) : behind(bytes, '-->', at);
}

function behind(bytes: Buffer, mark: string, from: number): number {
  const at = bytes.indexOf(mark, from);
  if (at < 0) throw damaged('XML 不完整');
  return at + mark.length;
}

/** The place behind the `>` of a tag; a `>` in the value of an attribute does not end the tag. */
export function tagEnd(bytes: Buffer, from: number): number {
  let within = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (within !== 0) {
      if (byte === within) within = 0;
    } else if (byte === greater) return at + 1;
    else if (byte === quote || byte === apostrophe) within = byte;
  }
  throw damaged('XML 不完整');
}

function endsName(byte: number): boolean {
  return byte <= 0x20 || byte === greater || byte === slash || byte === equals;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Replaces references. Half of a surrogate pair stays half: the other half may follow, or a later check finds it. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (code > 0x10ffff) throw damaged(`不存在的字符 ${whole}`);
    return String.fromCodePoint(code);
  });
}

/**
 * The text between `from` and the next tag, and where that tag begins. CDATA counts as text, comments do not.
 */
export function textUntilTag(bytes: Buffer, from: number): { text: string; end: number } {
  let text = '';
  let at = from;
  for (;;) {
    const stop = bytes.indexOf(less, at);
    if (stop < 0) throw damaged('XML 不完整');
    if (stop - at > longestText || text.length > longestText) throw tooLarge();
    text += unescapeXml(bytes.toString('utf8', at, stop));
    const next = afterMarkup(bytes, stop);
    if (next === stop) return { text, end: stop };
    if (bytes[stop + 2] === 0x5b) text += bytes.toString('utf8', stop + 9, next - 3);
    at = next;
  }
}
