import { accessSync, constants } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { problem } from '#domain/kit/problem.ts';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { layOutLetter } from '#domain/letter/laid-letter.ts';
import { letterShape } from '#domain/letter/letter.shape.ts';
import { loadConfig } from '#platform/config/config.ts';
import { openLetterPress } from '#platform/documents/letter/letter-press.ts';

interface Options {
  readonly word?: string;
  readonly pdf?: string;
}

/** `dudao letter FILE --word OUT --pdf OUT`: prints a letter that a JSON file describes, without a database. */
export function register(program: Command): void {
  program
    .command('letter')
    .description('把一份公文按 GB/T 9704-2012 的版式印成 Word 和 PDF')
    .argument('<file>', '公文的内容（JSON，写法见 reference/examples/letter.json）')
    .option('--word <file>', '写成 Word 文件（.docx）')
    .option('--pdf <file>', '写成 PDF 文件；仿宋、楷体、小标宋从 FONTS_DIR 文件夹读取')
    .action(run);
}

async function run(file: string, { word, pdf }: Options): Promise<void> {
  if (word === undefined && pdf === undefined) throw problem('letter.nowhere');
  const letter = layOutLetter(readDefinition(letterShape, await readJson(file), '公文'));
  const { fontsDir } = loadConfig(process.env);
  if (fontsDir !== null) checkFolder(fontsDir);
  const press = openLetterPress({ fontsDir });
  try {
    if (word !== undefined) await save(word, (await press.print(letter, 'word')).bytes);
    if (pdf === undefined) return;
    const { bytes, substitutions } = await press.print(letter, 'pdf');
    await save(pdf, bytes);
    for (const { wanted, used } of substitutions) {
      process.stderr.write(`提示：没有找到字体“${wanted}”，PDF 中用“${used}”代替。\n`);
    }
  } finally {
    press.close();
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw problem('letter.unreadable', { fileName: file });
  }
}

async function save(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes).catch(() => {
    throw problem('letter.notWritten', { fileName: file });
  });
}

function checkFolder(folder: string): void {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
  } catch {
    throw problem('letter.fontsMissing', { folder });
  }
}
