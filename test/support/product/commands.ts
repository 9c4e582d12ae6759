import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as XLSX from '@e965/xlsx';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';

/** What a command wrote since the test began, and a folder for its files. Call it once at the top of a test file. */
export function catchOutput(name: string) {
  const folder = mkdtempSync(path.join(tmpdir(), `dudao-${name}-`));
  const said = { out: '', err: '' };
  beforeEach(() => {
    said.out = '';
    said.err = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said.out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.err += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const save = (file: string, content: string | Uint8Array): string => {
    const place = path.join(folder, file);
    writeFileSync(place, content);
    return place;
  };
  const saveSheets = (
    file: string,
    sheets: Readonly<Record<string, unknown[][]>>,
    edit?: (sheet: XLSX.WorkSheet) => void,
  ): string => {
    const book = XLSX.utils.book_new();
    for (const [title, rows] of Object.entries(sheets)) {
      const sheet = XLSX.utils.aoa_to_sheet(rows);
      edit?.(sheet);
      XLSX.utils.book_append_sheet(book, sheet, title);
    }
    return save(file, XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  };
  return {
    folder,
    said,
    save,
    saveSheets,
    /** Rows as an .xlsx file; `edit` may reach into the cells. */
    saveWorkbook: (file: string, rows: unknown[][], edit?: (sheet: XLSX.WorkSheet) => void): string =>
      saveSheets(file, { 数据: rows }, edit),
  };
}

/** The lines of a text file. */
export function readLines(file: string): string[] {
  return readFileSync(file, 'utf8').trim().split('\n');
}
