import { expect, it } from 'vitest';
import { evaluationsDesk } from '../evaluations.desk.ts';
import { leafOf, nameOfLeaf } from './leaf-name.ts';

it.each(['C1', '2.4', '一/1～2', 'B%2E'])('the name of leaf %s has no dot and leads back to it', (code) => {
  const leaf = { evaluationId: '0190c5a2-0000-7000-8000-000000000001', code };
  expect(nameOfLeaf(leaf)).not.toContain('.');
  expect(leafOf(nameOfLeaf(leaf))).toEqual(leaf);
});

it('the door leads to the leaf of such a name', () => {
  const evaluationId = '0190c5a2-0000-7000-8000-000000000001';
  const link = evaluationsDesk.drafts?.link(nameOfLeaf({ evaluationId, code: '2.4' }));
  expect(link).toMatchObject({ params: { evaluationId }, search: { node: '2.4' } });
});
