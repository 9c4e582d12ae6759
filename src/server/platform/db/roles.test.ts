import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { assertAppRole } from './roles.ts';

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

describe('the application role', () => {
  it('owns nothing and is accepted', async () => {
    await expect(assertAppRole(database.appUrl)).resolves.toBeUndefined();
  });
});
