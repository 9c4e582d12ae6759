import { afterAll, beforeAll, expect, it } from 'vitest';
import { atPlaces } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { connectClone } from '#test/support/database/database.ts';
import { textOf } from '#test/support/sources.ts';
import { recordStatements } from '#test/support/statements/statements.ts';
import { findUnit } from '../../../src/server/features/directory/unit/unit.store.ts';
import { notesFeature } from '../features/notes/notes.feature.ts';
import { listNotes, type NoteHandle } from '../features/notes/notes.store.ts';

let clone: Awaited<ReturnType<typeof connectClone>>;
beforeAll(async () => {
  clone = await connectClone({ max: 1 });
  await clone.owner.query(textOf('test/house/features/notes/notes.sql'));
});
afterAll(() => clone?.close());

it('a statement is booked to the feature whose store wrote it, which answers for the tables', async () => {
  const record = recordStatements(clone.pool);
  const scope = atPlaces([1]);
  await withLease(clone.pool, (held) =>
    held.reading(scope, async (db: WholeHandle) => {
      await listNotes(db as unknown as NoteHandle, scope);
      await findUnit(db as never, 1);
    }),
  );
  const faultsFor = (features: Parameters<typeof record.faults>[1]) => record.faults(clone.owner, features);
  expect(await faultsFor([notesFeature])).toEqual([]);
  const poor = { ...notesFeature, tables: [] };
  expect(await faultsFor([poor])).toEqual([
    expect.stringMatching(/^reads notes, which notes does not own\n {4}features\/notes: select/),
  ]);
  const directory = { name: 'directory', routes: [], tables: [] };
  expect((await faultsFor([notesFeature, directory])).join()).toMatch(/^reads org_units, which directory does not own/);
});
