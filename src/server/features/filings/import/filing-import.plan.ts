import type { previewImport } from '#contract/filings/import.ts';
import type { ImportFinding } from '#contract/kit/imports.shape.ts';
import type { RouteOutput } from '#contract/route.ts';
import { FindingGroups } from '#core/imports/finding-groups.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { applyChanges, type CellChange, longestExplanation } from '#domain/filing/cells.ts';
import type { Finding } from '#domain/filing/check.ts';
import { fieldFault } from '#domain/filing/field-fault.ts';
import { allowedValues, formatValue, mustFill, readCell, sameValue } from '#domain/filing/values.ts';
import { groupedNumber } from '#domain/kit/number-text.ts';
import { examine } from '../filing.shape.ts';
import type { FullFiling } from '../filing.store.ts';
import { type CellMark, overlayKey, type Takes } from '../filing.workbook.ts';
import { causeTitles, Marks } from './import-causes.words.ts';
import type { FilledCell, StrayCell, Understood, WrittenExplanation } from './import-reading.workbook.ts';

type Preview = RouteOutput<typeof previewImport>;

/** What the confirmation will write into one filing; versions are those that the preview compared with. */
export interface FilingWrites {
  readonly filingId: string;
  readonly cells: CellChange[];
}

/** A workbook compared with what is stored: what would change, and what is wrong with it. */
export interface CheckedImport {
  readonly writes: FilingWrites[];
  readonly findings: FindingGroups;
  readonly preview: Pick<Preview, 'facts' | 'changes' | 'notes'>;
  /**
   * Values that are refused, explanations as they were written, and marks, by `overlayKey`, for the workbook that is
   * given back. A value that equals the stored one is not kept: the stored one stands there anyway.
   */
  readonly values: [string, CellValue][];
  readonly explanations: [string, string][];
  readonly marks: [string, CellMark][];
}

/** A filing with the cells of the workbook that change it. */
interface Touched {
  readonly filing: FullFiling;
  readonly writes: FilingWrites;
  /** The cells of the workbook behind the writes, by field. */
  readonly filled: Map<string, FilledCell>;
}

/** Causes of unreadable cells, by their content. */
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
  const findings = new FindingGroups(causeTitles);
  const marks = new Marks();
  const values = new Map<string, CellValue>();
  const touched = new Map<string, Touched>();
  const count = { unchanged: 0, asText: 0, fullWidth: 0 };
  for (const cell of understood.stray) {
    findings.add(cell.cause, 'hard', strayFinding(cell, filings));
    if (!cell.filingId || !cell.field) continue;
    const key = overlayKey(cell.filingId, cell.field);
    marks.add(key, 'hard', causeTitles[cell.cause]!);
    if (cell.cause === 'not-applicable') values.set(key, cell.value);
  }
  for (const cell of understood.cells) {
    const filing = filings.get(cell.filingId)!;
    const key = overlayKey(cell.filingId, cell.field.key);
    const stored = filing.cells[cell.field.key] ?? { v: null, n: 0 };
    const read = readCell(cell.field, cell.raw);
    const fail = (cause: string, rule: string) => {
      values.set(key, read.value);
      findings.add(cause, 'hard', cellFinding(cell, filing, rule));
      marks.add(key, 'hard', rule);
    };
    if (cell.fault !== undefined) {
      fail(causeOf[cell.kind], `${cell.fault}；${mustFill(cell.field)}。`);
      continue;
    }
    if (read.note === 'number-as-text') count.asText += 1;
    if (read.note === 'full-width') count.fullWidth += 1;
    if (sameValue(read.value, stored.v)) {
      count.unchanged += 1;
      continue;
    }
    const fault = fieldFault(cell.field, read.value);
    if (fault) {
      fail(fault.code, fault.sentence);
      continue;
    }
    const write = { field: cell.field.key, version: stored.n, value: read.value };
    if (!takes(filing, write)) {
      fail('locked', `现值是 ${formatValue(cell.field, stored.v)}，当前不能改；如需更正，请先退回或重新开放。`);
      continue;
    }
    const { writes, filled } = touchedOf(touched, filing);
    writes.cells.push(write);
    filled.set(cell.field.key, cell);
  }
  const explained = understood.explanations.filter((written) => isKept(written, filings, { findings, marks }));
  for (const written of explained) addExplanation(written, filings, { takes, touched });
  for (const one of touched.values()) if (one.filled.size > 0) checkTogether(one, findings, marks);
  const writes = [...touched.values()].map((one) => one.writes);
  return {
    writes,
    findings,
    values: [...values],
    explanations: understood.explanations.map(({ filingId, field, text }) => [overlayKey(filingId, field.key), text]),
    marks: marks.list,
    preview: {
      facts: factsOf(understood, writes, count.unchanged),
      changes: {
        cells: countCells(writes),
        schools: writes.length,
        sample: sampleOf(touched.values()),
      },
      notes: [
        ...understood.notes,
        ...(count.fullWidth > 0 ? [`${groupedNumber(count.fullWidth)} 个单元格用了全角数字，已按数字读取。`] : []),
        ...(count.asText > 0 ? [`${groupedNumber(count.asText)} 个单元格是以文本形式存放的数字，已按数字读取。`] : []),
        ...(understood.emptyRows > 0 ? [`${groupedNumber(understood.emptyRows)} 行没有填任何数，已略过。`] : []),
      ],
    },
  };
}

/** Cells that a confirmation writes. */
export function countCells(writes: readonly FilingWrites[]): number {
  return writes.reduce((sum, { cells }) => sum + cells.length, 0);
}

function factsOf({ cells }: Understood, writes: readonly FilingWrites[], unchanged: number): [string, string][] {
  const schools = new Set(cells.map((cell) => cell.filingId)).size;
  return [
    ['学校', `${groupedNumber(schools)} 所`],
    ['有值的格', `${groupedNumber(cells.length)} 格，其中 ${groupedNumber(unchanged)} 格与现值相同`],
    ['将改动', `${groupedNumber(countCells(writes))} 格，涉及 ${groupedNumber(writes.length)} 所学校`],
  ];
}

function touchedOf(touched: Map<string, Touched>, filing: FullFiling): Touched {
  const known = touched.get(filing.id);
  if (known) return known;
  const fresh = { filing, writes: { filingId: filing.id, cells: [] }, filled: new Map<string, FilledCell>() };
  touched.set(filing.id, fresh);
  return fresh;
}

/**
 * Checks the rules between fields on the filing as it would be after the import. Only findings that touch an imported
 * cell are reported.
 */
function checkTogether({ filing, writes, filled }: Touched, findings: FindingGroups, marks: Marks): void {
  const { findings: seen } = examine({ ...filing, cells: { ...applyChanges(filing.cells, writes.cells).cells } });
  for (const { code, weight, sentence, fields } of findingsTogether(seen, new Set(filled.keys()))) {
    const mine = fields.map((field) => filled.get(field)).filter((cell) => cell !== undefined);
    findings.add(code, weight, cellFinding(mine[0]!, filing, sentence), ruleTitle(sentence));
    for (const cell of mine) marks.add(overlayKey(cell.filingId, cell.field.key), weight, sentence);
  }
}

/** The open findings that touch one of these fields, of the filing as the writes leave it. */
function findingsTogether(seen: readonly Finding[], fields: ReadonlySet<string>): Finding[] {
  return seen.filter(
    (finding) =>
      finding.code !== 'required' &&
      finding.fields.some((field) => fields.has(field)) &&
      (finding.weight === 'hard' || finding.explanation === null),
  );
}

/**
 * The errors that the written values make together with what is stored now. A preview with an error is not taken, so
 * every one of them came after the preview, by a change of another cell.
 * @param seen the findings of the filing as the writes leave it
 */
export function newErrors(seen: readonly Finding[], { cells }: FilingWrites): Finding[] {
  const fields = cells.filter(({ value }) => value !== undefined).map(({ field }) => field);
  return findingsTogether(seen, new Set(fields)).filter(({ weight }) => weight === 'hard');
}

/** The rule without the numbers of the case: `各级职称教师数之和须等于专任教师数`. */
function ruleTitle(sentence: string): string {
  return sentence.split('：')[0]!.split('（')[0]!;
}

/** Whether an explanation that the form of one school brings along can be kept as it stands; else it is a finding. */
function isKept(
  written: WrittenExplanation,
  filings: ReadonlyMap<string, FullFiling>,
  { findings, marks }: { readonly findings: FindingGroups; readonly marks: Marks },
): boolean {
  const fault = explanationFault(written);
  if (fault === undefined) return true;
  const { filingId, field, text } = written;
  const finding = cellFinding({ ...written, raw: text }, filings.get(filingId)!, fault);
  findings.add('explanation', 'hard', { ...finding, allowed: null });
  marks.add(overlayKey(filingId, field.key), 'hard', fault);
  return false;
}

/** An explanation is written where it differs from what is stored, with the value of its cell where that is written too. */
function addExplanation(
  { filingId, field: { key: field }, text }: WrittenExplanation,
  filings: ReadonlyMap<string, FullFiling>,
  { takes, touched }: { readonly takes: Takes; readonly touched: Map<string, Touched> },
): void {
  const filing = filings.get(filingId)!;
  const stored = filing.cells[field];
  if (stored?.e === text) return;
  const cells = touched.get(filing.id)?.writes.cells ?? [];
  const index = cells.findIndex((write) => write.field === field);
  const explained = { ...(cells[index] ?? { field, version: stored?.n ?? 0 }), explanation: text };
  if (index >= 0) cells[index] = explained;
  else if (takes(filing, explained)) touchedOf(touched, filing).writes.cells.push(explained);
}

/** Why an explanation cannot be kept as it stands; it is never cut. One that the reader had to cut has a fault. */
function explanationFault({ kind, text, fault }: WrittenExplanation): string | undefined {
  // A day may well be an explanation, and Excel makes one of what is typed like one.
  if (fault !== undefined && kind !== 'date' && kind !== 'boolean') return `情况说明：${fault}。`;
  if (text.length <= longestExplanation) return undefined;
  return `情况说明有 ${text.length} 个字，最多 ${longestExplanation} 个字，请缩短后重新上传。`;
}

function sampleOf(touched: Iterable<Touched>): Preview['changes']['sample'] {
  const sample: Preview['changes']['sample'] = [];
  for (const { filing, filled } of touched) {
    for (const cell of filled.values()) {
      if (sample.length === sampleSize) return sample;
      const before = filing.cells[cell.field.key]?.v ?? null;
      const after = readCell(cell.field, cell.raw).value;
      sample.push({ schoolName: filing.name, field: cell.field.key, place: placeOf(cell), before, after });
    }
  }
  return sample;
}

function placeOf({ sheet, cell }: { readonly sheet: string; readonly cell: string }): string {
  return `${sheet}!${cell}`;
}

function cellFinding(cell: FilledCell, filing: FullFiling, rule: string): ImportFinding {
  return {
    place: placeOf(cell),
    subject: filing.name,
    part: cell.field.key,
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

function strayFinding(cell: StrayCell, filings: ReadonlyMap<string, FullFiling>): ImportFinding {
  const filing = cell.filingId === null ? undefined : filings.get(cell.filingId);
  return {
    place: placeOf(cell),
    subject: filing?.name ?? cell.school,
    part: cell.field ?? '',
    value: cell.value,
    rule: cell.rule ?? `${causeTitles[cell.cause]}。`,
    allowed: allowedSchools[cell.cause] ?? null,
  };
}
