import { readFileSync, writeFileSync } from 'node:fs';
import { read, utils, write } from '@e965/xlsx';
import { readLimits, readWorkbook } from '#platform/documents/workbook-read.ts';
import type { Pair } from './result.ts';

/**
 * One measurement of workbooks in a process of its own, bundled like the product: `make FILE`, `time FILE PAIRS`,
 * `memory FILE`. Prints JSON.
 */
const rows = 10_000;
const columns = 40;
const limits = { ...readLimits, rows: rows + 1, cells: (rows + 1) * columns };

const [act, file = '', pairs = '5'] = process.argv.slice(2);
if (act === 'make') make(file);
else if (act === 'time') print(await time(readFileSync(file), Number(pairs)));
else if (act === 'memory') print(await memory(readFileSync(file)));
else throw new Error(`unknown act: ${act}`);

function print(value: object): void {
  process.stdout.write(JSON.stringify(value));
}

/** A table of schools with codes, names, repeated words, whole numbers, decimals, days and truth values. */
function make(target: string): void {
  const words = ['县级教育部门', '城区', '公办', '小学', '民办', '镇区', '乡村', '完全中学'];
  // Numbers that look random and are the same in every run.
  let state = 20_250_901;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const content = (row: number, column: number) => {
    if (column === 0) return `21359${String(row).padStart(5, '0')}`;
    if (column === 1) return `示例县第${row}小学`;
    if (column < 6) return words[next(words.length)]!;
    if (column === 6) return next(2) === 1;
    if (column === 7) return { t: 'n', v: 40_000 + next(6000), z: 'yyyy-mm-dd' };
    return column < 24 ? next(3000) : next(1_000_000) / 100;
  };
  const table = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => content(row, column)),
  );
  const headings = Array.from({ length: columns }, (_, column) => `数据项${column}`);
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([headings, ...table], { dense: true }), '学校');
  writeFileSync(target, write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Buffer);
}

/** Reads from the bytes to the last row as COPY takes it; the count proves that each value was produced. */
async function ours(bytes: Buffer): Promise<void> {
  const { sheets } = await readWorkbook(bytes, undefined, limits);
  let count = 0;
  for (const { values } of sheets[0]!.valueRows(columns)) count += values.filter((value) => value !== null).length;
  if (count !== (rows + 1) * columns) throw new Error(`read ${count} cells`);
}

/** Milliseconds from the bytes to the last row, beside the library's bare reading of the same bytes, alternating. */
async function time(bytes: Buffer, count: number): Promise<Pair[]> {
  const measured: Pair[] = [];
  // The first reading of each is not counted, because the library and the reader are still being compiled.
  for (let round = 0; round <= count; round += 1) {
    const begun = performance.now();
    await ours(bytes);
    const between = performance.now();
    read(bytes, { type: 'array', dense: true });
    const ended = performance.now();
    if (round > 0) measured.push({ ours: between - begun, limit: ended - between });
  }
  return measured;
}

/** Megabytes of the idle process, and the most that one reading adds to them, as the kernel measured it. */
async function memory(bytes: Buffer): Promise<{ peak: number; idle: number }> {
  const idle = process.memoryUsage.rss();
  await ours(bytes);
  return { idle: idle / 1e6, peak: (process.resourceUsage().maxRSS * 1024 - idle) / 1e6 };
}
