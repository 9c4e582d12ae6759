import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeOnce } from './make-once.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'dudao-once-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

it('makes a folder that nobody sees half-filled, keeps the first of two, and leaves nothing else behind', async () => {
  const folder = join(place, 'deep', 'made');
  const fill = (staging: string, text: string) => writeFileSync(join(staging, 'content'), text);
  await makeOnce(folder, async (staging) => {
    fill(staging, 'half of the slower one');
    expect(existsSync(folder)).toBe(false);
    await makeOnce(folder, (another) => fill(another, 'of the faster one'));
    fill(staging, 'of the slower one');
  });
  expect(readdirSync(join(place, 'deep'))).toEqual(['made']);
  expect(readFileSync(join(folder, 'content'), 'utf8')).toBe('of the faster one');
  await makeOnce(folder, () => {
    throw new Error('it is there already');
  });
});

it('leaves no folder that could not be filled, and the next attempt begins anew', async () => {
  const folder = join(place, 'made');
  const broken = makeOnce(folder, (staging) => {
    writeFileSync(join(staging, 'first'), 'half');
    throw new Error('no space left');
  });
  await expect(broken).rejects.toThrow('no space left');
  expect(readdirSync(place)).toEqual([]);
  await makeOnce(folder, (staging) => writeFileSync(join(staging, 'first'), 'whole'));
  expect(readFileSync(join(folder, 'first'), 'utf8')).toBe('whole');
});
