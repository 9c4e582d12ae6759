import { createHash } from 'node:crypto';
import { canonicalJson } from '#domain/kit/canonical-json.ts';

/**
 * SHA-256 in hexadecimal over a value in the one spelling of RFC 8785 (JSON Canonicalization Scheme): equal content has an
 * equal digest, whoever computes it and in which language.
 */
export function digestOf(value: unknown): string {
  return digestOfBytes(canonicalJson(value));
}

/** SHA-256 in hexadecimal over bytes as they are, such as those of a file. */
export function digestOfBytes(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
