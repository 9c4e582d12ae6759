import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeGround, leaveConnections, openGround } from '#test/support/database/operator.ts';
import { remediesOfMigrations } from '#test/support/database/remedies-of-migrations.ts';
import { remediesOfRoles } from '#test/support/database/remedies-of-roles.ts';
import { migrationsFolder } from './root.ts';

beforeAll(openGround);
afterEach(leaveConnections);
afterAll(closeGround);

const remedies = [...remediesOfRoles, ...remediesOfMigrations];

describe('what a sentence of the start tells an operator to do is done, and the program starts', () => {
  it.each(remedies)('%s', async (_, walk) => walk());

  it('every sentence about roles and migrations stands in this list', () => {
    const server = join(migrationsFolder, '../src/server/platform');
    const sources = [
      ...readdirSync(join(server, 'postgres'))
        .filter((name) => name.startsWith('role'))
        .map((name) => join(server, 'postgres', name)),
      join(server, 'db/migrate.ts'),
      ...readdirSync(join(server, 'db/migrate')).map((name) => join(server, 'db/migrate', name)),
    ].filter((name) => !name.endsWith('.test.ts'));
    const literals = sources.flatMap((name) => readFileSync(name, 'utf8').match(/`[^`]*`|'[^'\n]*'/g) ?? []);
    const sentences = literals.filter(
      (text) => /\p{Script=Han}/u.test(text) && /[。；;]|失败/.test(text) && !text.includes('select '),
    );
    const known = remedies.map(([part]) => part);
    expect(sentences.filter((text) => known.filter((part) => text.includes(part)).length !== 1)).toEqual([]);
    expect(sentences).toHaveLength(known.length);
  });
});
