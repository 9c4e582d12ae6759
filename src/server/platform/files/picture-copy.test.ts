import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problem } from '#domain/kit/problem.ts';
import { Files } from './files.ts';
import { pictureCopy } from './picture-copy.ts';

const hash = 'a'.repeat(64);
const content = { hash, mediaType: 'image/png' };
let folder: string;
let store: Files;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dudao-copies-'));
  store = await Files.open(folder);
});
afterAll(() => rm(folder, { recursive: true }));

it('without the library nothing is shown in the page, and the picture is saved as it came', async () => {
  const pictures = { draw: () => Promise.reject(problem('file.noDrawing')), close: () => {} };
  await expect(pictureCopy({ store, pictures }, content, 'shown', {})).rejects.toMatchObject({
    code: 'file.noDrawing',
  });
  expect(await pictureCopy({ store, pictures }, content, 'clean', {})).toBe(store.contentPath(hash));
});

it('a copy is drawn once, and of one that failed nothing stays', async () => {
  let drawn = 0;
  const draw = async ({ to }: { readonly to: string }) => {
    drawn += 1;
    await writeFile(to, 'part');
    if (drawn === 1) throw problem('file.notDrawn');
  };
  const pictures = { draw, close: () => {} };
  await expect(pictureCopy({ store, pictures }, content, 'clean', {})).rejects.toMatchObject({ code: 'file.notDrawn' });
  expect(await readdir(path.dirname(store.derivedPath(hash, 'clean')))).toEqual([]);
  for (let time = 0; time < 2; time += 1) {
    expect(await pictureCopy({ store, pictures }, content, 'clean', {})).toBe(store.derivedPath(hash, 'clean'));
  }
  expect(drawn).toBe(2);
});
