import type { RawBuilder } from 'kysely';

/**
 * A query that is part of a larger statement: written in a `*.store.ts`, handed on as a value, and sent by whoever joins
 * it with others of the same row. Its columns carry the names of the row's properties.
 */
export type Fragment<Row> = RawBuilder<Row>;
