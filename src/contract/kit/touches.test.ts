import { expect, it } from 'vitest';
import { routes } from '../index.ts';

const firstWord = (name: string) => name.split('.')[0] ?? '';

it('what a route touches can be read, and is not its own', () => {
  const read = new Set(routes.filter(({ method }) => method === 'GET').map(({ name }) => firstWord(name)));
  const touching = routes.filter(({ touches }) => touches !== undefined);
  expect(touching.length).toBeGreaterThan(10);
  for (const { name, method, touches = [] } of touching) {
    expect(method, name).not.toBe('GET');
    const words = touches === 'everything' ? [] : touches;
    expect(
      words.filter((word) => !read.has(word) || word === firstWord(name) || word === 'home'),
      name,
    ).toEqual([]);
  }
});

it('each act that moves a filing makes the balance stale', () => {
  const acts = routes.filter(({ touches }) => touches?.includes('balance')).map(({ name }) => name);
  for (const act of ['submit', 'withdraw', 'return', 'approve', 'approveRest', 'accept', 'acceptSet', 'reopen']) {
    expect(acts).toContain(`filings.${act}`);
  }
});
