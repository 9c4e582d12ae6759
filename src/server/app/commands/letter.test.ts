import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { catchOutput } from '#test/support/product/commands.ts';
import { plainLetter } from '#test/support/product/letters.ts';
import { readPdf } from '#test/support/product/pdf-pages.ts';
import { main } from '../cli.ts';
import { productRoot } from '../root.ts';

const { folder, said, save } = catchOutput('letter');
const out = (name: string) => path.join(folder, name);

describe('dudao letter', () => {
  it('prints the example as Word and as PDF, with the same words, and names the fonts that stand in', async () => {
    const example = path.join(productRoot, 'reference', 'examples', 'letter.json');
    await main(['letter', example, '--word', out('文.docx'), '--pdf', out('文.pdf')]);
    expect(process.exitCode).toBeUndefined();
    expect(said.out).toBe('');
    expect(said.err).toContain('没有找到字体“仿宋_GB2312”');
    const document = strFromU8(unzipSync(readFileSync(out('文.docx')))['word/document.xml']!);
    const { pages } = await readPdf(readFileSync(out('文.pdf')));
    const printed = pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join('');
    for (const words of ['示政教督〔2026〕12号', '三、整改要求', '2026年11月5日', '0.412', '整改情况报告的格式']) {
      expect(document).toContain(words);
      expect(printed).toContain(words);
    }
  });

  it.each([
    ['没有的.json', '不能作为公文读取'],
    [() => save('坏.json', '{'), '不能作为公文读取'],
    [() => save('缺.json', JSON.stringify({ ...plainLetter, signer: 3 })), '公文有误（共 1 处）：signer：应是文字'],
  ])('refuses a file that is no letter', async (file, sentence) => {
    await main(['letter', typeof file === 'string' ? file : file(), '--pdf', out('无.pdf')]);
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain(sentence);
    expect(existsSync(out('无.pdf'))).toBe(false);
  });

  it('says where it can write, and where the fonts should be', async () => {
    const letter = save('文.json', JSON.stringify(plainLetter));
    await main(['letter', letter]);
    expect(said.err).toContain('--word 或 --pdf');
    said.err = '';
    await main(['letter', letter, '--word', out('没有/文.docx')]);
    expect(said.err).toContain('不能写入文件');
    vi.stubEnv('FONTS_DIR', out('没有的字体'));
    await main(['letter', letter, '--pdf', out('无.pdf')]);
    vi.unstubAllEnvs();
    expect(said.err).toContain('FONTS_DIR');
    expect(process.exitCode).toBe(2);
  });
});
