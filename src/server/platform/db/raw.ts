import { CompiledQuery } from 'kysely';

/** A fixed text with its parameters, for libraries that run their own SQL in our transaction. */
export function compiledQuery(text: string, values: readonly unknown[]): CompiledQuery {
  return CompiledQuery.raw(text, [...values]);
}
