import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { schemaDrift } from './introspect/introspect.ts';
import type { Database } from './schema.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await cloneDatabase();
});

afterAll(() => database.drop());

it('schema.ts matches the migrations (else: npm run dudao -- db types)', async () => {
  const file = fileURLToPath(new URL('./schema.ts', import.meta.url));
  expect(await schemaDrift(database.ownerUrl, file)).toBe(false);
});

/** Never called: the test is the compiler's refusal (`tsconfig.test.json`). */
function refusedByTheCompiler(db: Kysely<Database>): void {
  // @ts-expect-error nobody can make the value of a view's column
  db.insertInto('approved_filing_values').values({});
  // @ts-expect-error a view's column has no update type
  db.updateTable('approved_filing_values').set({ name: '别名' });
  // @ts-expect-error the database alone gives this number
  db.insertInto('audit_events').values({ id: 1, action: 'a', object_type: 'o', object_id: '1' });
}

void refusedByTheCompiler;
