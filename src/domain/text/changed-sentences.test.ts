import { expect, it } from 'vitest';
import { changedSentences } from './changed-sentences.ts';

const signs = { both: '=', earlier: '-', later: '+' } as const;
const said = (earlier: string, later: string) =>
  changedSentences(earlier, later).map((one) => `${signs[one.in]}${one.text.trim()}`);

it.each([
  ['甲。乙。', '甲。乙。', ['=甲。', '=乙。']],
  ['甲。乙。丙。', '甲。丁。丙。', ['=甲。', '-乙。', '+丁。', '=丙。']],
  ['甲。\n乙', '甲。乙；丙', ['=甲。', '-乙', '+乙；', '+丙']],
  ['', '甲。', ['+甲。']],
  ['甲', '', ['-甲']],
  ['', '', []],
])('%s beside %s', (earlier, later, expected) => {
  expect(said(earlier, later)).toEqual(expected);
});

it('loses no sign of either version', () => {
  const [earlier, later] = ['一、新建两所。\n二、交流十人；\n\n完', '一、新建三所。\n二、交流十人；\n另：完！'];
  const joined = (without: 'earlier' | 'later') =>
    changedSentences(earlier, later)
      .flatMap((one) => (one.in === without ? [] : [one.text]))
      .join('');
  expect(joined('earlier').replaceAll(/\s/g, '')).toBe(later.replaceAll(/\s/g, ''));
  expect(joined('later').replaceAll(/\s/g, '')).toBe(earlier.replaceAll(/\s/g, ''));
});
