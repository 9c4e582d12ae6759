import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { laidLetter, wholeLetter } from '#test/support/product/letters.ts';
import { readPdf } from '#test/support/product/pdf-pages.ts';
import { openLetterPress } from './letter-press.ts';
import { writeWordLetter } from './word-letter.ts';

const press = openLetterPress({ fontsDir: null });
afterAll(() => press.close());

describe('the press', () => {
  it('sets what people wrote as text: no markup, no file, no package, no sign that nobody sees', async () => {
    const hostile =
      '#read("/etc/passwd") #import "@preview/a:0.1.0" *强* $x^2$ = 一 @标 <x> \\u{41} //注 https://example.org';
    const letter = laidLetter({
      body: [{ kind: 'paragraph', text: `${hostile}\u202e` }],
      signer: '#panic()',
      title: '"); #sys.inputs',
    });
    const { pages } = await readPdf((await press.print(letter, 'pdf')).bytes);
    const said = pages[0]!.texts
      .map(({ text }) => text)
      .join('')
      .replaceAll(' ', '');
    expect(said).toContain(hostile.replaceAll(' ', ''));
    expect(said).toContain('#panic()');
    expect(said).toContain('");#sys.inputs');
  });

  it('prints a certificate on one page: title, number, text and signature, and nothing of a red head', async () => {
    const letter = laidLetter({ form: 'certificate', title: '聘书（张三）', head: '督导室文件', addressees: ['张三'] });
    const { pages } = await readPdf((await press.print(letter, 'pdf')).bytes);
    expect(pages).toHaveLength(1);
    const texts = pages[0]!.texts.map(({ text }) => text).join('');
    expect(texts).toMatch(/^聘书.*〔.*张三：/);
    expect(texts).toContain(letter.signature.signer);
    expect(texts).not.toMatch(/督导室文件|印发|—/);
  });

  it('names the fonts that stand in for those of the office', async () => {
    const { substitutions } = await press.print(laidLetter(), 'pdf');
    expect(substitutions.map(({ wanted }) => wanted)).toEqual(['仿宋_GB2312', '楷体_GB2312', '方正小标宋简体']);
  });

  it('ends with a letter that takes too long or too much memory', async () => {
    const impatient = openLetterPress({ fontsDir: null, patience: 1 });
    await expect(impatient.print(laidLetter(), 'pdf')).rejects.toMatchObject({ code: 'letter.tooLarge' });
    impatient.close();
    const small = openLetterPress({ fontsDir: null, megabytes: 180 });
    const columns = Array.from({ length: 12 }, () => ({ heading: '列' }));
    const rows = Array.from({ length: 500 }, (_, at) => columns.map((_, column) => `${at}${column}`));
    const long = laidLetter({ body: [{ kind: 'table', columns, rows }] });
    await expect(small.print(long, 'pdf')).rejects.toThrow('20 秒、180 MB 内存');
    small.close();
  });

  const whoeverSaysNo = { code: 'letter.busy' };

  it('has a share for a person, beside which others are printed', async () => {
    const asked = Array.from({ length: 4 }, () => press.print(wholeLetter, 'word', { who: 'one' }));
    const other = press.print(wholeLetter, 'word', { who: 'other' });
    await expect(asked[3]).rejects.toMatchObject(whoeverSaysNo);
    await expect(Promise.all([...asked.slice(0, 3), other])).resolves.toHaveLength(4);
  });

  it('ends with a letter for which nobody waits any more, and prints the next', async () => {
    const leaving = new AbortController();
    const left = press.print(wholeLetter, 'pdf', { gone: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toMatchObject(whoeverSaysNo);
    expect((await press.print(wholeLetter, 'word')).bytes.length).toBeGreaterThan(0);
  });

  describe.each([
    ['is ended between two letters when it is almost full', 600],
    ['prints a letter anew when those before it had filled the memory', 10_000],
  ])('%s', (_, megabytes) => {
    it('so that no letter is too large because of others', async () => {
      const program = path.resolve('test/support/product/filling-press.mjs');
      const filling = openLetterPress({ fontsDir: null, megabytes, program });
      const places: number[] = [];
      for (let at = 0; at < 5; at += 1) places.push((await filling.print(wholeLetter, 'word')).bytes[0]!);
      filling.close();
      expect(places).toEqual([1, 2, 1, 2, 1]);
    });
  });

  it('prints Word files too', async () => {
    const { bytes, substitutions } = await press.print(wholeLetter, 'word');
    expect(Buffer.compare(bytes, await writeWordLetter(wholeLetter))).toBe(0);
    expect(substitutions).toEqual([]);
  });

  it('begins anew after its end, and the same letter gives the same bytes', async () => {
    const first = await press.print(wholeLetter, 'pdf');
    press.close();
    const second = await press.print(wholeLetter, 'pdf');
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });
});
