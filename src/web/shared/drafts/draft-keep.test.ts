import { expect, it } from 'vitest';
import { MemoryShelf } from '#test/support/drafts.ts';
import { copiesElsewhere, DraftKeep } from './draft-keep.ts';

const cells = { 图书册数: { version: 1, value: 7, sequence: 1, at: 1 } };

it('finds what the same person left of the same subject in another post, and nothing else', () => {
  const store = new MemoryShelf();
  const keep = (owner: string, subject: string) =>
    new DraftKeep<number>(store, 'filing', owner, 'tab').keep(subject, cells);
  keep('ann~clerk', 'f1');
  keep('ann~clerk', 'f2');
  keep('ann~head', 'f1');
  keep('anna~clerk', 'f1');
  const of = (own: string) =>
    copiesElsewhere<number>(store, { kind: 'filing', personId: 'ann', own, subjectId: 'f1' }).map(({ key }) => key);
  expect(of('ann~head')).toEqual(['dudao.local.draft.filing.ann~clerk.f1.tab']);
  expect(of('ann~clerk')).toEqual(['dudao.local.draft.filing.ann~head.f1.tab']);
  expect(
    copiesElsewhere(store, { kind: 'filing', personId: 'ann', own: 'ann~head', subjectId: 'f1' })[0]?.cells,
  ).toEqual(cells);
});
