import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the tests run on a Node that package.json admits, and on the one that is named', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const [, major, minor] = /^>=(\d+)\.(\d+)\.0$/.exec(engines.node)!.map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  expect(ownMajor! > major! || (ownMajor === major && ownMinor! >= minor!)).toBe(true);
  // `npm run bench -- --nodes` names the version that it brought.
  if (process.env.NODE_EXPECTED !== undefined) expect(process.version).toBe(process.env.NODE_EXPECTED);
});
