import type { RawBuilder } from 'kysely';

/**
 * A query that is part of a larger statement. It is written in a `*.store.ts`, passed on as a value, and sent by the
 * code that joins it with others of the same row type. Its columns carry the names of the row's properties.
 */
export type Fragment<Row> = RawBuilder<Row>;
