import { PostgresQueryCompiler, type RawBuilder, type RawNode, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from './template-compiler.ts';

const nodeOf = (statement: RawBuilder<unknown>) => statement.toOperationNode() as RawNode;

/** As the builder's own compiler gives it. */
function slowly(statement: RawBuilder<unknown>) {
  const { sql: text, parameters } = new PostgresQueryCompiler().compileQuery(nodeOf(statement), { queryId: 'test' });
  return { sql: text, parameters };
}

describe('a statement of templates and values', () => {
  const inner = sql`f.place_id = ${7} and f.name = ${'甲'}`;
  const statements: Record<string, RawBuilder<unknown>> = {
    'without a value': sql`select 1`,
    'with values of every kind': sql`select ${1}, ${null}, ${undefined}, ${true}, ${new Date(0)}, ${['a']}::text[]`,
    'with statements inside': sql`select ${sql`x`} from (${inner}) y where ${inner} or z = ${2}`,
    'with lists': sql`select ${sql.join([1, sql`two`, 3])}, ${sql.join([], sql` and `)}`,
    'with a fixed text': sql`select ${sql.raw('a, b')} from c where d = ${4}`,
  };

  it.each(Object.keys(statements))('%s is compiled as the builder compiles it', (name) => {
    const statement = statements[name]!;
    expect(compileTemplate(nodeOf(statement))).toEqual(slowly(statement));
  });

  it.each([
    ['a name', sql`select * from ${sql.table('findings')}`],
    ['a column', sql`select ${sql.ref('f.id')} from findings f`],
    ['a value in the text', sql`select ${sql.lit('open')}`],
  ])('%s inside is left to the builder', (_, statement) => {
    expect(compileTemplate(nodeOf(statement))).toBeUndefined();
  });
});
