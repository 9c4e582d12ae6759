import type { LetterFigure } from './figure.shape.ts';
import type { Letter } from './letter.shape.ts';

const token = /【数据(\d{1,3})】/g;

/** What stands in a text for a figure; where the letter is read and printed, its value stands there. */
export function figureToken(key: number): string {
  return `【数据${key}】`;
}

/** As much of a part of the text as names figures; also of one that is still being written. */
type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly rows: readonly (readonly string[])[];
      readonly from?: number | undefined;
    };

const textsOf = (block: Block): string[] => (block.kind === 'table' ? block.rows.flat() : [block.text]);

/** The figures that a part of the text names, each once. */
export function figuresOf(block: Block): number[] {
  const named = textsOf(block).flatMap((text) => [...text.matchAll(token)].map(([, key]) => Number(key)));
  return [...new Set(block.kind === 'table' && block.from !== undefined ? [block.from, ...named] : named)];
}

type Valued = Pick<LetterFigure, 'key' | 'value'>;

/** The text with the values of its figures; a name without a figure stays as it is written. */
export function withFigures(text: string, figures: readonly Valued[]): string {
  if (figures.length === 0) return text;
  const values = new Map(figures.map(({ key, value }) => [key, value]));
  return text.replaceAll(token, (written, key: string) => {
    const value = values.get(Number(key));
    return typeof value === 'string' ? value : written;
  });
}

/** The rows of a table: those of its figure, or its own with the values of their figures. */
export function rowsOf(table: Block & { kind: 'table' }, figures: readonly Valued[]): string[][] {
  const source = figures.find(({ key }) => key === table.from);
  if (source !== undefined && typeof source.value !== 'string') return source.value;
  return table.rows.map((row) => row.map((cell) => withFigures(cell, figures)));
}

/** A part of the text that says the values of its figures itself, and no more names them. */
export function withValues(block: Letter['body'][number], figures: readonly Valued[] = []): Letter['body'][number] {
  if (block.kind !== 'table') return { ...block, text: withFigures(block.text, figures) };
  const { from: _, ...table } = block;
  return { ...table, rows: rowsOf(block, figures) };
}

export interface FigureFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What the text says of figures that are not there, or that do not fit, each with its place. */
export function figureFaults(body: Letter['body'], figures: readonly Valued[]): FigureFault[] {
  const known = new Map(figures.map(({ key, value }) => [key, value]));
  return body.flatMap((block, at) =>
    figuresOf(block).flatMap((key): FigureFault[] => {
      const value = known.get(key);
      const path = ['body', at];
      if (value === undefined) {
        return [{ path, message: `第 ${at + 1} 部分的${figureToken(key)}没有对应的数据，请删去或重新插入` }];
      }
      const isSource = block.kind === 'table' && block.from === key;
      if (!isSource && typeof value !== 'string') {
        return [{ path, message: `第 ${at + 1} 部分的${figureToken(key)}是一张表，只能整张插入` }];
      }
      const wide = isSource && typeof value !== 'string' && value.some((row) => row.length !== block.columns.length);
      return isSource && (typeof value === 'string' || wide)
        ? [{ path, message: `第 ${at + 1} 部分的表格与其数据的列数不符，请重新插入` }]
        : [];
    }),
  );
}

/** What changed of a figure since it was read; null now: there is no such figure any more. */
export interface FigureChange {
  readonly was: string;
  readonly now: string | null;
}

/** How two answers differ, or null. Of two tables the rows that differ are said, as many as a sentence bears. */
export function figureChange(was: LetterFigure['value'], now: LetterFigure['value'] | null): FigureChange | null {
  if (now === null) return { was: inWords(was), now: null };
  if (JSON.stringify(was) === JSON.stringify(now)) return null;
  if (typeof was === 'string' || typeof now === 'string') return { was: inWords(was), now: inWords(now) };
  const other = (rows: readonly string[][], of: readonly string[][]) =>
    of.filter((row, at) => JSON.stringify(row) !== JSON.stringify(rows[at]));
  return { was: inWords(other(now, was)), now: inWords(other(was, now)) };
}

/** An answer in one line. */
export function inWords(value: LetterFigure['value']): string {
  if (typeof value === 'string') return value;
  const said = value.slice(0, 3).map((row) => row.filter((cell) => cell !== '').join(' '));
  return `${said.join('；').slice(0, 180)}${value.length > said.length ? `等 ${value.length} 行` : ''}`;
}
