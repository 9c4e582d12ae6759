import { expect, it } from 'vitest';
import { readZipDirectory, unfold } from './workbook/zip.ts';
import { writeZip } from './zip-file.ts';

const encode = (text: string) => new TextEncoder().encode(text);

it('what was written is read again, packed or stored, with Chinese names and folders', async () => {
  const long = 'CV = S / X̄\n'.repeat(500);
  const parts = new Map([
    ['目录.csv', long],
    ['鲤城区/表Ⅱ.xlsx', '单位\r\n鲤城区\r\n'],
    ['空.csv', ''],
  ]);
  const zip = await writeZip([...parts].map(([name, text]) => ({ name, bytes: () => encode(text) })));
  expect(zip.length).toBeLessThan(1000);
  const directory = readZipDirectory(zip);
  expect([...directory.values()].map(({ name, stored }) => [name, stored])).toEqual([
    ['目录.csv', false],
    ['鲤城区/表Ⅱ.xlsx', true],
    ['空.csv', false],
  ]);
  for (const entry of directory.values()) {
    expect(new TextDecoder().decode(unfold(zip, entry))).toBe(parts.get(entry.name));
  }
});

it('one file is in the making at a time, and the same files give the same bytes', async () => {
  let making = 0;
  const members = ['一', '二', '三'].map((name) => ({
    name,
    bytes: async () => {
      making += 1;
      expect(making).toBe(1);
      await new Promise(setImmediate);
      making -= 1;
      return encode(name);
    },
  }));
  expect(await writeZip(members)).toEqual(await writeZip(members));
});
