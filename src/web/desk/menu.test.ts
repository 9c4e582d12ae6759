import { describe, expect, it } from 'vitest';
import { type ListedPage, menuOf } from './menu.ts';

const page = (to: string, menu: ListedPage['menu'], title: string): ListedPage => ({ to, menu, title, listed: true });

describe('the side menu', () => {
  it('keeps its own order and leads to the first page of each entry', () => {
    const menu = menuOf([
      page('/account', 'account', '我的账户'),
      page('/filings', 'filings', '数据填报'),
      page('/filings/review', 'filings', '审核'),
      page('/', 'home', '首页'),
    ]);
    expect(menu.map(({ label, to }) => [label, to])).toEqual([
      ['首页', '/'],
      ['数据填报', '/filings'],
      ['我的账户', '/account'],
    ]);
  });
  it('has no entry without a page of one’s own', () => {
    expect(menuOf([])).toEqual([]);
  });
});
