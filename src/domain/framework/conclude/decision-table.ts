import type { ConclusionTable } from '../edition.ts';
import type { Concluded } from '../result.ts';
import { markedText } from '../score/exact-text.ts';
import { judge } from './condition-judge.ts';
import { type ConditionReading, placeInQuota } from './condition-reading.ts';
import type { ConditionNode, RuleKind } from './condition-syntax.ts';
import { comparedTotal, conditionWords } from './condition-words.ts';
import { conditionOf } from './edition-conditions.ts';
import { quantity } from './quantity-reading.ts';
import { type Judgement, type Lack, lacks } from './range.ts';
import type { JudgedSubject } from './rules.ts';

/** What one table gives. */
export type Conclusion = Concluded['conclusions'][number];

/** The name of a conclusion that hangs on scores which nobody has given. */
export const undecided = '未定';

type Row = ConclusionTable['rows'][number];

/**
 * What a table gives. Where it asks for the occasion (首次申报, 复评) and nobody has said it, the table concludes if both
 * occasions lead to the same, and is undecided else.
 */
export function concludeByTable(table: ConclusionTable, subject: JudgedSubject, inQuota: Judgement): Conclusion {
  const { reading } = subject;
  const asks = (node: ConditionNode): boolean => node.kind === 'first' || node.kind === 'again';
  if (reading.context.occasion !== undefined || !mentions(table, reading, asks)) return byRows(table, subject, inQuota);
  const on = (occasion: 'first' | 'again'): Conclusion =>
    byRows(table, { ...subject, reading: { ...reading, context: { ...reading.context, occasion } } }, inQuota);
  const [first, again] = [on('first'), on('again')];
  if (first.name === again.name) return first;
  return {
    name: undecided,
    by: `首次申报为 ${first.name}，重新申报或复评为 ${again.name}`,
    table: table.name,
    open: [...new Set(['申报次数（occasion）', ...first.open, ...again.open])],
  };
}

/**
 * The first row of which every condition holds. A row that waits for a fact is passed over, and the fact is named in
 * `open`; a row that waits for a score stays possible, and the table is undecided unless all rows that are left say the same.
 */
function byRows(table: ConclusionTable, subject: JudgedSubject, inQuota: Judgement): Conclusion {
  const reading: ConditionReading = { ...subject.reading, inQuota, open: new Set() };
  if (subject.refused !== null && !mentions(table, reading, ({ kind }) => kind === 'precondition')) {
    const { text, otherwise } = subject.refused;
    return { name: otherwise, by: `前提不成立：${text}`, table: table.name, open: [] };
  }
  const precondition = reading.strict && lacks(reading.precondition) ? reading.precondition : null;
  if (precondition !== null && !mentions(table, reading, ({ kind }) => kind === 'precondition')) {
    return { name: undecided, by: '还不知道前提是否成立', table: table.name, open: precondition.names };
  }
  const possible: Row[] = [];
  const waiting = new Set<string>();
  for (const row of table.rows) {
    const nodes = row.when.map((text) => conditionOf(reading.prepared, text));
    const judgements = nodes.map((node) => judge(node, reading));
    if (judgements.includes(false)) continue;
    const given = judgements.filter(lacks).filter((one) => one.of === 'given' && isPassedOver(one, reading));
    if (given.length > 0) {
      for (const lack of given) for (const name of lack.names) reading.open.add(name);
      continue;
    }
    const scores = judgements.filter(lacks);
    for (const lack of scores) for (const name of lack.names) waiting.add(name);
    possible.push(row);
    if (scores.length === 0) break;
  }
  const names = [...new Set(possible.map(({ then }) => then))];
  const open = [...reading.open, ...(names.length === 1 ? [] : waiting)];
  if (names.length !== 1) {
    return { name: undecided, by: undecidedWords(table, names, reading), table: table.name, open };
  }
  return { name: names[0]!, by: rowWords(possible[0]!, table, subject, reading), table: table.name, open };
}

/** What nobody has said lets a row be passed over; a strict reading waits for it, but not for places that a round draws. */
function isPassedOver({ names }: Lack, { strict }: ConditionReading): boolean {
  return !strict || names.every((name) => name === placeInQuota);
}

/** Whether the subject would get the grade of the quota if it were within it; a lack where its scores leave it open. */
export function wouldGet(table: ConclusionTable, grade: string, subject: JudgedSubject): Judgement {
  const { name, open } = concludeByTable(table, subject, true);
  return name === undecided ? { of: 'scores', names: open } : name === grade;
}

/** The total by which the row of a grade decides: with or without the bonus. */
export function totalOf(table: ConclusionTable, grade: string, reading: ConditionReading): 'total' | 'base' {
  const rows = table.rows.filter(({ then }) => then === grade);
  const nodes = rows.flatMap(({ when }) => when.map((text) => conditionOf(reading.prepared, text)));
  return nodes.map(comparedTotal).find((found) => found !== null) ?? 'total';
}

/** Whether a part of any condition of the table is of a kind. */
function mentions(
  table: ConclusionTable,
  { prepared }: ConditionReading,
  wanted: (node: ConditionNode) => boolean,
): boolean {
  const within = (node: ConditionNode): boolean => {
    if (node.kind === 'either' || node.kind === 'both') return node.parts.some(within);
    return node.kind === 'not' ? within(node.part) : wanted(node);
  };
  return table.rows.some(({ when }) => when.some((text) => within(conditionOf(prepared, text))));
}

function rowWords(row: Row, table: ConclusionTable, { held }: JudgedSubject, reading: ConditionReading): string {
  const nodes = row.when.map((text) => conditionOf(reading.prepared, text));
  const codes = (kind: RuleKind): string =>
    held[kind]
      .filter(({ holds }) => holds === true)
      .map(({ code, text }) => `${code} ${text}`)
      .join('；');
  const words = nodes.map((node) =>
    node.kind === 'anyRule' ? `${conditionWords(node)}（${codes(node.rules)}）` : conditionWords(node),
  );
  const figure = nodes.map(comparedTotal).find((found) => found !== null) ?? totalIn(table, reading);
  const said = words.length === 0 ? '以上各行均不成立' : words.join('，');
  const text = figure === null ? null : figureText(figure, reading);
  return text === null ? said : `${said}（${figure === 'base' ? '基本分' : '总分'} ${text}）`;
}

function undecidedWords(table: ConclusionTable, names: readonly string[], reading: ConditionReading): string {
  if (names.length === 0) return '没有一行成立';
  const may = `可能为 ${names.join('、')}`;
  const figure = totalIn(table, reading);
  if (reading.scores?.scored.provisional == null || figure === null) return `尚有未定的项，${may}`;
  const { low, high } = reading.scores[figure]();
  const { decimals } = reading.prepared.edition;
  const from = low === null ? '0' : markedText(low, decimals);
  const range = high === null ? `不低于 ${from}` : `在 ${from} 至 ${markedText(high, decimals)} 之间`;
  return `${figure === 'base' ? '基本分' : '总分'}${range}，${may}`;
}

function totalIn(table: ConclusionTable, { prepared }: ConditionReading): 'total' | 'base' | null {
  const nodes = table.rows.flatMap(({ when }) => when.map((text) => conditionOf(prepared, text)));
  return nodes.map(comparedTotal).find((found) => found !== null) ?? null;
}

function figureText(figure: 'total' | 'base', reading: ConditionReading): string | null {
  const range = quantity({ kind: figure }, reading);
  if (range === 'notApplicable' || range.lack !== null || range.low === null) return null;
  return markedText(range.low, reading.prepared.edition.decimals);
}
