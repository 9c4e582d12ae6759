import path from 'node:path';
import { vi } from 'vitest';
import { main } from '../../../src/server/app/cli.ts';
import { commands as known } from '../../../src/server/app/commands.ts';

const example = (name: string) => path.join('reference', 'examples', name);
const books = ['cv', example('five-schools-books.csv'), '--weight', '在校生数', '--value', '图书册数'];
const county = example('sample-county.csv');
const split = example('nine-year-school-split.csv');
const standards = ['basic-2012', 'quality-2017'];
const town = ['score', 'edu-strong-town-guangdong', example('strong-town-answers.json')];

/** Commands that compute without a database, and the help text of each command. */
export const commands: readonly (readonly string[])[] = [
  [...books, '--json'],
  books,
  ['cv', county, '--weight', '小学在校生数', '--value', '图书册数', '--json'],
  ['cv', county, '--weight', '小学在校生数', '--value', '计算机台数'],
  ['cv', county, '--weight', '在校生数', '--value', '图书册数'],
  ['cv', 'no-such-file.csv', '--weight', '在校生数', '--value', '图书册数'],
  ...[county, split].flatMap((file) =>
    standards.flatMap((key) => [
      ['balance', file, '--standard', key, '--json'],
      ['balance', file, '--standard', key],
    ]),
  ),
  ['balance', county, '--standard', 'basic-2012', '--county', '示例县'],
  ['balance', county, '--standard', 'basic-2012', '--county', '没有这个县'],
  ['balance', county, '--standard', 'basic-1999'],
  ['balance', example('published-basic-balance.csv'), '--standard', 'basic-2012'],
  [...town, '--json'],
  town,
  ['score', 'no-such-framework', example('strong-town-answers.json')],
  ['--help'],
  ...known.map(({ name }) => [name, '--help']),
];

/** The output and the exit code of a command that is called in the folder of the product. */
export async function runCommand(argv: readonly string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const said = { out: '', err: '' };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += String(text);
    return true;
  });
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await main(argv);
    return { code: Number(process.exitCode ?? 0), out: said.out.split('\n'), err: said.err.split('\n') };
  } finally {
    process.exitCode = before;
    out.mockRestore();
    err.mockRestore();
  }
}
