import { expect, it } from 'vitest';
import { type CardHolder, cardLacking, cardOf } from './card.ts';

const holder: CardHolder = {
  ...{ name: '林督学', kind: 'responsible', state: 'serving', certificateNumber: '闽督2025001', employer: '示例中学' },
  ...{ termFrom: '2025-10-15', termTo: '2028-10-14' },
};

it('an inspector in office with a number gets a card, and nobody else does', () => {
  expect(cardLacking(holder, '2025-10-15')).toBeNull();
  expect(cardLacking({ ...holder, certificateNumber: null }, '2025-10-15')).toBe('number');
  expect(cardLacking({ ...holder, state: 'publicised' }, '2025-10-15')).toBe('state');
  expect(cardLacking({ ...holder, kind: 'expert' }, '2025-10-15')).toBe('kind');
  // Up to the last day of the term, which counts; a term without an end never ends.
  expect(cardLacking(holder, '2028-10-14')).toBeNull();
  expect(cardLacking(holder, '2028-10-15')).toBe('term');
  expect(cardLacking({ ...holder, kind: 'full-time', termTo: null }, '2040-01-01')).toBeNull();
});

it('a card says who, as what, with which number, for how long and by whom', () => {
  const card = cardOf(holder, '鲤城区人民政府教育督导室', null);
  expect(card).toEqual({
    ...{ name: '林督学', kind: '责任督学', number: '闽督2025001', employer: '示例中学' },
    ...{ term: '2025.10.15–2028.10.14', issuer: '鲤城区人民政府教育督导室', photograph: null },
  });
  expect(cardOf({ ...holder, kind: 'full-time', termTo: null }, '', null).term).toBe('自 2025.10.15 起');
});
