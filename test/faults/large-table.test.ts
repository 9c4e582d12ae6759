import { describe, expect, it } from 'vitest';
import type { Reader } from '#platform/documents/file-read.ts';
import { readHeadedTable } from '#platform/documents/headed-table.ts';
import type { Column } from '#platform/documents/heading-search.ts';
import { writeWorkbook } from '#platform/documents/workbook.ts';

/** What work gave, and the longest time for which nothing else had its turn, as a part of the whole. */
async function held<Result>(work: () => Promise<Result>): Promise<{ result: Result; part: number }> {
  let last = performance.now();
  let longest = 0;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  const begun = performance.now();
  const result = await work();
  const took = performance.now() - begun;
  look();
  clearInterval(timer);
  return { result, part: longest / took };
}

/** A machine that is slow is slow in both; a table that is read in one piece holds nearly the whole of the time. */
const longestPart = 0.2;

const columns = (count: number): Column[] => [
  { name: '学校名称' },
  ...Array.from({ length: count - 1 }, (_, index) => ({ name: `第${index}项`, quantity: true })),
];
const rowsOf = (rows: number, wanted: readonly Column[]): (string | number)[][] => [
  wanted.map(({ name }) => name),
  ...Array.from({ length: rows }, (_, row) => [
    `示例${row}小学`,
    ...wanted.slice(1).map((_, column) => 100_000 + row * 7 + column),
  ]),
];
const csv = (rows: number, wanted: readonly Column[]) =>
  new TextEncoder().encode(
    rowsOf(rows, wanted)
      .map((row) => row.map((field) => String(field).padStart(64, ' ')).join(','))
      .join('\n'),
  );

describe('other requests are answered while', () => {
  it('a CSV file of nearly 32 MB is read', async () => {
    const wanted = columns(20);
    const bytes = csv(25_000, wanted);
    expect(bytes.length).toBeGreaterThan(31 * 1024 * 1024);
    const { result, part } = await held(() => readHeadedTable({ name: '表.csv', bytes }, wanted));
    expect(result.rows).toHaveLength(25_000);
    expect(result.rows.at(-1)!.cells.get('第18项')).toMatchObject({ text: '275011', address: 'T25001' });
    expect(part).toBeLessThan(longestPart);
  }, 120_000);

  it('a workbook is read and its rows are judged', async () => {
    const wanted = columns(66);
    const rows = rowsOf(2_000, wanted);
    const cells = rows.map((row) => row.map((value) => ({ value })));
    const bytes = await writeWorkbook([{ name: '表', columnWidths: [], rows: cells }]);
    const { result, part } = await held(() => readHeadedTable({ name: '表.xlsx', bytes }, wanted));
    expect(result.rows).toHaveLength(2_000);
    expect(part).toBeLessThan(longestPart);
  }, 120_000);
});

describe('a CSV file of more than 256 kB', () => {
  const wanted = columns(20);
  const long = csv(300, wanted);
  const read = (bytes: Uint8Array, reader: Reader = {}) =>
    readHeadedTable({ name: '表.csv', bytes }, wanted, { reader });

  it('waits for its turn like a workbook: two of one person behind the one that is read, and others beside it', async () => {
    expect(long.length).toBeGreaterThan(256 * 1024);
    const own = [1, 2, 3, 4].map(() => read(long, { person: 'greedy' }));
    const other = read(long, { person: 'other' });
    expect((await Promise.allSettled([...own, other])).map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    ]);
    await expect(own[3]).rejects.toMatchObject({
      code: 'import.busyOwn',
      message: '您上传的几份表格还在读取，这一份还没有读取；请等前面的读完后再上传一次。',
    });
    expect((await other).rows).toHaveLength(300);
  });

  it('is not read where its sender has gone', async () => {
    const caller = new AbortController();
    const left = read(long, { person: 'one', gone: caller.signal });
    caller.abort();
    await expect(left).rejects.toMatchObject({ code: 'import.busy' });
  });

  it('is refused with the same sentence as a short one', async () => {
    const quoted = Buffer.concat([long, Buffer.from('\n"示例小学,1,2\n')]);
    await expect(read(quoted)).rejects.toMatchObject({
      code: 'table.quote',
      message: expect.stringContaining('“表.csv”第 302 行'),
    });
  });

  it('that is nothing but separators is refused before its fields are counted', async () => {
    const empty = new Uint8Array(32 * 1024 * 1024).fill(0x2c);
    await expect(read(empty)).rejects.toMatchObject({ message: expect.stringContaining('上限 1024 列') });
  }, 60_000);
});
