import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fontFamilies } from './font-names.ts';
import { findFaces } from './letter-faces.ts';

const modules = createRequire(import.meta.url);
const dejaVu = path.join(path.dirname(modules.resolve('dejavu-fonts-ttf/package.json')), 'ttf/DejaVuSans.ttf');

const folder = mkdtempSync(path.join(tmpdir(), 'dudao-fonts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A font that has a table of names and nothing else: families as Windows writes them. */
function fontNamed(...families: string[]): Uint8Array {
  const texts = families.map((family) => Buffer.from(family, 'utf16le').swap16());
  const names = Buffer.alloc(6 + texts.length * 12);
  names.writeUInt16BE(texts.length, 2);
  names.writeUInt16BE(names.length, 4);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    const entry = [3, 1, 0x804, 1, text.length, at];
    for (const [field, value] of entry.entries()) names.writeUInt16BE(value, 6 + index * 12 + field * 2);
    at += text.length;
  }
  const head = Buffer.alloc(28);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(1, 4);
  head.write('name', 12);
  head.writeUInt32BE(28, 20);
  return Buffer.concat([head, names, ...texts]);
}

describe('the names in a font', () => {
  it('are read in every language, of a font that people use and of one that was made up', () => {
    expect(fontFamilies(readFileSync(dejaVu))).toEqual(['DejaVu Sans']);
    expect(fontFamilies(fontNamed('FangSong_GB2312', '仿宋_GB2312'))).toEqual(['FangSong_GB2312', '仿宋_GB2312']);
  });

  it('are none in what is no font, or only the beginning of one', () => {
    expect(fontFamilies(Buffer.from('no font at all'))).toEqual([]);
    expect(fontFamilies(Buffer.alloc(0))).toEqual([]);
    expect(fontFamilies(fontNamed('仿宋_GB2312').subarray(0, 44))).toEqual([]);
  });
});

describe('the faces of a letter', () => {
  it('come from the folder of the office where it has them, and what stands in is reported', () => {
    writeFileSync(path.join(folder, '仿宋.ttf'), fontNamed('FangSong_GB2312', '仿宋_GB2312'));
    writeFileSync(path.join(folder, '说明.txt'), '仿宋');
    writeFileSync(path.join(folder, '坏.ttf'), '楷体_GB2312');
    const { faces, substitutions } = findFaces(folder);
    expect(faces.body.families.slice(0, 2)).toEqual(['FangSong_GB2312', '仿宋_GB2312']);
    expect(faces.body.substitute).toBe(false);
    expect(faces.title.substitute).toBe(true);
    expect(substitutions.map(({ wanted }) => wanted)).toEqual(['楷体_GB2312', '方正小标宋简体']);
    expect(substitutions[0]!.used).toBe(faces.song.families[0]);
  });
});
