import { expect, it } from 'vitest';
import edition from '../../../../reference/frameworks/innovation-county-sample.json' with { type: 'json' };
import { preparedEdition } from './prepared-edition.shape.ts';

it('keeps a published edition under its digest, and no state of a draft', () => {
  const draft = preparedEdition(edition);
  const published = preparedEdition(edition, draft.hash);
  expect(published).not.toBe(draft);
  expect(preparedEdition(edition, draft.hash)).toBe(published);
});
