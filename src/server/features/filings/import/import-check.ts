import type { z } from 'zod';
import type { importPreview } from '#contract/filings/import.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { applyChanges, type CellChange, longestExplanation } from '#domain/filing/cells.ts';
import { fieldFault } from '#domain/filing/field-fault.ts';
import { allowedValues, formatValue, readCell, sameValue } from '#domain/filing/values.ts';
import { readLimits } from '#platform/documents/workbook-read.ts';
import { examine } from '../filing.shape.ts';
import type { FullFiling } from '../filing.store.ts';
import { overlayKey, type Takes } from '../filing.workbook.ts';
import { causeTitles, Groups, type ImportError, Marks, maximumErrors } from './import-groups.ts';
import type { FilledCell, StrayCell, Understood, WrittenExplanation } from './import-reading.workbook.ts';

type Preview = z.output<typeof importPreview>;

/** One cell that the confirmation will write; its version is the one that the preview compared with. */
export type ImportedCell = CellChange & { readonly filingId: string };

/** A workbook compared with what is stored: what would change, and what is wrong with it. */
export interface CheckedImport {
  readonly writes: ImportedCell[];
  readonly preview: Pick<Preview, 'understood' | 'changes' | 'notes' | 'groups' | 'hard' | 'soft' | 'writable'>;
  /** Values and explanations as they were written, and marks, by `overlayKey`, for the workbook that is given back. */
  readonly values: [string, CellValue][];
  readonly explanations: [string, string][];
  readonly marks: [string, string][];
}

/** Causes of cells from which nothing may be read, by what they hold. */
const causeOf: Readonly<Record<FilledCell['kind'], string>> = {
  error: 'error-cell',
  date: 'date',
  boolean: 'boolean',
  'not-a-number': 'not-a-number',
  empty: 'empty',
  number: 'digits',
  text: 'flaw',
};
const sampleSize = 50;

/** `filings` are known by their ids; `takes` says which changes the person may make of a filing. */
export function checkImport(
  understood: Understood,
  filings: ReadonlyMap<string, FullFiling>,
  takes: Takes,
): CheckedImport {
  const groups = new Groups();
  const marks = new Marks();
  const values = new Map<string, CellValue>();
  const writes: ImportedCell[] = [];
  const notes = [...understood.notes];
  let unchanged = 0;
  let asText = 0;
  let fullWidth = 0;
  for (const cell of understood.stray) {
    groups.add(cell.cause, 'hard', strayError(cell, filings));
    if (!cell.filingId || !cell.field) continue;
    const key = overlayKey(cell.filingId, cell.field);
    marks.add(key, causeTitles[cell.cause]!);
    if (cell.cause === 'not-applicable') values.set(key, cell.value);
  }
  const touched = new Map<string, Map<string, FilledCell>>();
  for (const cell of understood.cells) {
    const filing = filings.get(cell.filingId)!;
    const key = overlayKey(cell.filingId, cell.field.key);
    const stored = filing.cells[cell.field.key] ?? { v: null, n: 0 };
    const read = readCell(cell.field, cell.raw);
    values.set(key, read.value);
    const fail = (cause: string, rule: string) => {
      groups.add(cause, 'hard', cellError(cell, filing, rule));
      marks.add(key, rule);
    };
    if (cell.fault !== undefined) {
      fail(causeOf[cell.kind], `${cell.fault}；应填${allowedValues(cell.field)}。`);
      continue;
    }
    if (read.note === 'number-as-text') asText += 1;
    if (read.note === 'full-width') fullWidth += 1;
    if (sameValue(read.value, stored.v)) {
      unchanged += 1;
      continue;
    }
    const fault = fieldFault(cell.field, read.value);
    if (fault) {
      fail(fault.code, fault.sentence);
      continue;
    }
    const write = { filingId: filing.id, field: cell.field.key, version: stored.n, value: read.value };
    if (!takes(filing, write)) {
      fail('locked', `现值是 ${formatValue(cell.field, stored.v)}，当前不能改；如需更正，请先退回或重新开放。`);
      continue;
    }
    const cells = touched.get(cell.filingId) ?? new Map<string, FilledCell>();
    touched.set(cell.filingId, cells.set(cell.field.key, cell));
    writes.push(write);
  }
  addExplanations(understood, filings, { takes, writes, groups, marks });
  for (const [id, cells] of touched) checkTogether(filings.get(id)!, cells, writes, groups, marks);
  if (fullWidth > 0) notes.push(`${fullWidth} 个单元格用了全角数字，已按数字读取。`);
  if (asText > 0) notes.push(`${asText} 个单元格是以文本形式存放的数字，已按数字读取。`);
  if (understood.emptyRows > 0) notes.push(`${understood.emptyRows} 行没有填任何数，已略过。`);
  return {
    writes,
    values: [...values],
    explanations: understood.explanations.map(({ filingId, field, text }) => [overlayKey(filingId, field.key), text]),
    marks: marks.list,
    preview: {
      understood: {
        sheets: understood.sheets,
        schools: new Set(understood.cells.map((cell) => cell.filingId)).size,
        columns: understood.columns,
        cells: understood.cells.length,
        unchanged,
        emptyRows: understood.emptyRows,
      },
      changes: {
        cells: writes.length,
        schools: new Set(writes.map((write) => write.filingId)).size,
        sample: sampleOf(touched, filings),
      },
      notes: groups.cut ? [...notes, `错误过多，只列出前 ${maximumErrors} 处。`] : notes,
      groups: groups.list,
      hard: groups.count('hard'),
      soft: groups.count('soft'),
      writable: groups.count('hard') === 0 && writes.length > 0,
    },
  };
}

/** Rules between fields, on the filing as it would stand; only what touches an imported cell is the workbook's matter. */
function checkTogether(
  filing: FullFiling,
  cells: ReadonlyMap<string, FilledCell>,
  writes: readonly ImportedCell[],
  groups: Groups,
  marks: Marks,
): void {
  const own = writes.filter((write) => write.filingId === filing.id);
  const merged = applyChanges(filing.cells, own).cells;
  for (const finding of examine({ ...filing, cells: { ...merged } }).findings) {
    const mine = finding.fields.map((field) => cells.get(field)).filter((cell) => cell !== undefined);
    const open = finding.weight === 'hard' || finding.explanation === null;
    if (finding.code === 'required' || mine.length === 0 || !open) continue;
    groups.add(
      finding.code,
      finding.weight,
      cellError(mine[0]!, filing, finding.sentence),
      ruleTitle(finding.sentence),
    );
    for (const cell of mine) marks.add(overlayKey(cell.filingId, cell.field.key), finding.sentence);
  }
}

/** The rule without the numbers of the case: `各级职称教师数之和须等于专任教师数`. */
function ruleTitle(sentence: string): string {
  return sentence.split('：')[0]!.split('（')[0]!;
}

/** Explanations that the form of one school brings along, where they differ from what is stored. */
function addExplanations(
  understood: Understood,
  filings: ReadonlyMap<string, FullFiling>,
  {
    takes,
    writes,
    groups,
    marks,
  }: { readonly takes: Takes; readonly writes: ImportedCell[]; readonly groups: Groups; readonly marks: Marks },
): void {
  for (const written of understood.explanations) {
    const { filingId, text } = written;
    const field = written.field.key;
    const filing = filings.get(filingId)!;
    const fault = explanationFault(written);
    if (fault !== undefined) {
      const error = { ...cellError({ ...written, raw: text }, filing, fault), allowed: null };
      groups.add('explanation', 'hard', error);
      marks.add(overlayKey(filingId, field), fault);
      continue;
    }
    const stored = filing.cells[field];
    if (stored?.e === text) continue;
    const index = writes.findIndex((write) => write.filingId === filing.id && write.field === field);
    const write = writes[index] ?? { filingId: filing.id, field, version: stored?.n ?? 0 };
    const explained = { ...write, explanation: text };
    if (index >= 0) writes[index] = explained;
    else if (takes(filing, explained)) writes.push(explained);
  }
}

/** Why an explanation cannot be kept as it stands; it is never cut. The reader itself cuts texts far beyond the limit. */
function explanationFault({ kind, text, fault }: WrittenExplanation): string | undefined {
  // A day may well be an explanation, and Excel makes one of what is typed like one.
  if (fault !== undefined && kind !== 'date' && kind !== 'boolean') return `情况说明：${fault}。`;
  if (text.length <= longestExplanation) return undefined;
  const length = text.length < readLimits.textLength ? `有 ${text.length} 个字` : '过长';
  return `情况说明${length}，最多 ${longestExplanation} 个字，请缩短后重新上传。`;
}

function sampleOf(
  touched: ReadonlyMap<string, ReadonlyMap<string, FilledCell>>,
  filings: ReadonlyMap<string, FullFiling>,
): Preview['changes']['sample'] {
  const sample: Preview['changes']['sample'] = [];
  for (const [id, cells] of touched) {
    for (const cell of cells.values()) {
      if (sample.length === sampleSize) return sample;
      const filing = filings.get(id)!;
      sample.push({
        schoolName: filing.name,
        field: cell.field.key,
        sheet: cell.sheet,
        cell: cell.cell,
        before: filing.cells[cell.field.key]?.v ?? null,
        after: readCell(cell.field, cell.raw).value,
      });
    }
  }
  return sample;
}

function cellError(cell: FilledCell, filing: FullFiling, rule: string): ImportError {
  return {
    sheet: cell.sheet,
    cell: cell.cell,
    schoolName: filing.name,
    field: cell.field.key,
    value: String(cell.raw ?? ''),
    rule,
    allowed: allowedValues(cell.field),
  };
}

const allowedSchools: Readonly<Partial<Record<StrayCell['cause'], string>>> = {
  'unknown-school': '模板中已有的学校标识码；暂无标识码的学校写模板中的学校名称',
  'unknown-name': '模板中暂无标识码的学校的名称',
  'ambiguous-school': '逐校填写的学校填报表，或先为这些学校补登学校标识码',
};

function strayError(cell: StrayCell, filings: ReadonlyMap<string, FullFiling>): ImportError {
  const filing = cell.filingId === null ? undefined : filings.get(cell.filingId);
  return {
    sheet: cell.sheet,
    cell: cell.cell,
    schoolName: filing?.name ?? cell.school,
    field: cell.field,
    value: cell.value,
    rule: `${causeTitles[cell.cause]}。`,
    allowed: allowedSchools[cell.cause] ?? null,
  };
}
