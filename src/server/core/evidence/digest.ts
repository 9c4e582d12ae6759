import { createHash } from 'node:crypto';
import { canonicalJson } from '#domain/kit/canonical-json.ts';

/**
 * SHA-256 in hexadecimal over a value in the canonical form of RFC 8785 (JSON Canonicalization Scheme). Equal content
 * has an equal digest in every program and language.
 */
export function digestOf(value: unknown): string {
  return digestOfBytes(canonicalJson(value));
}

/** SHA-256 in hexadecimal over unchanged bytes, such as those of a file. */
export function digestOfBytes(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
