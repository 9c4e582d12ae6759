import { describe, expect, it } from 'vitest';
import { RevisionWatch } from '#test/support/statements/revision-watch.ts';

const acts = [{ table: 'letters', type: 'letter', acts: ['letter.edited', 'letter.withdrawn'] }];
const functions = [
  {
    name: 'close_letter',
    body: `update letters l set state = 'withdrawn', revision = l.revision + 1 where l.id = one;`,
  },
];
const one = (action: string) => [3, null, null, action, 'letter', 'x'];
const many = (action: string) => [JSON.stringify([{ kind: 'letter', act: action }])];

/** The faults of a transaction that sends these statements and leaves these rows in the audit. */
function faultsOf(texts: readonly string[], audited: readonly (readonly unknown[])[], end = 'commit') {
  const watch = new RevisionWatch();
  const connection = watch.watch();
  connection.sent('begin', []);
  for (const text of texts) connection.sent(text, []);
  for (const values of audited) connection.sent('select record_audit($1, $2)', values);
  connection.sent(end, []);
  return watch.faults(acts, functions);
}

/** Every test of the server is watched by it: see `statements`. */
describe('an act that changes a row is in the list by which a conflict names the last change', () => {
  const plain = `update "letters" set "title" = $1, "revision" = $2 where "id" = $3 and "revision" = $4`;

  it.each([
    ['a plain update', plain],
    ['an update with an alias', 'update letters l set title = $1, revision = l.revision + 1 where l.id = $2'],
    ['a function of the database', 'select counted as revision from close_letter($1)'],
    ['an upsert', 'insert into letters as l values ($1) on conflict (id) do update set revision = l.revision + 1'],
  ])('%s', (_, text) => {
    const fault = ['raises the revision of letters by no act of its list, but by: letter letter.shortened'];
    expect(faultsOf([text], [one('letter.shortened')])).toEqual(fault);
    expect(faultsOf([text], [many('letter.shortened')])).toEqual(fault);
    expect(faultsOf([text], [one('letter.shortened'), one('letter.edited')])).toEqual([]);
    expect(faultsOf([text], [many('letter.edited')])).toEqual([]);
    expect(faultsOf([text], [], 'rollback')).toEqual([]);
  });

  it('what only reads a revision, or compares it, changes nothing', () => {
    const read = 'select revision from letters where revision = $1';
    const compared = 'update letters set title = $1 where revision = $2';
    expect(faultsOf([read, compared], [])).toEqual([]);
  });
});
