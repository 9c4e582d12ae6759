import { exact, sum, toNumber } from '../../kit/decimal.ts';
import { treeIssues } from '../edition/tree.ts';
import type { Code, Edition, Indicator, Points, RollUp, Subject } from '../edition.ts';
import { addressOf, type Place, placeText, type WorkbookFault } from './grid.ts';
import { type GuessedMethod, guessMethod } from './guess-method.ts';
import type { Outline, OutlineNode } from './outline.ts';
import { sumFaults } from './sum-faults.ts';

/** What a new edition needs that no table of indicators says. */
export interface EditionHead {
  readonly key: string;
  readonly title: string;
  /** As people name it: `2026 年`. */
  readonly edition: string;
  readonly completedBy: string;
  readonly subject: Subject;
}

/** An edition as the tables of a workbook have it. */
export interface UnderstoodEdition {
  /** Null where faults leave no tree. */
  readonly edition: Edition | null;
  readonly places: ReadonlyMap<Code, Place>;
  readonly guesses: ReadonlyMap<Code, GuessedMethod>;
  readonly faults: readonly WorkbookFault[];
  readonly notes: readonly string[];
}

/** An edition of this city with no indicator yet: a sample that asks for nothing and concludes nothing. */
export function emptyEdition({ key, title, edition, completedBy, subject }: EditionHead): Edition {
  return {
    ...{ key, title, edition, authority: 'sample', completedBy, documents: [], subject },
    ...{ notApplicable: 'rebase', max: null, decimals: 2, indicators: [], gaps: [] },
    ...{ vetoes: [], caps: [], downgrades: [], conclusions: [] },
  };
}

/**
 * The edition that tables of an office describe: codes as they are written, and where there are none by level (A1, B1, C1,
 * each level counted through); points of inner indicators that are not written are the sum of those below. Codes that come
 * twice and points that do not add up are faults of their cells.
 */
export function editionOfOutline(outline: Outline, head: EditionHead): UnderstoodEdition {
  const { nodes } = outline;
  const faults = [...outline.faults];
  const notes = [...outline.notes];
  const codes = codesOf(nodes, faults);
  const points = pointsOf(nodes, notes);
  const inner = new Set(nodes.flatMap(({ parent }) => parent ?? []));
  const places = new Map(nodes.map((node) => [codes.get(node)!, node.place]));
  const guesses = new Map<Code, GuessedMethod>();
  const weighted = new Set(nodes.flatMap(({ weight, parent }) => (weight === undefined ? [] : [parent])));
  const indicators = nodes.map((node): Indicator => {
    const code = codes.get(node)!;
    const { parts } = node;
    const words = [parts.scoring, parts.text].filter((part) => part !== undefined).join('\n');
    const plain: Indicator = {
      ...{ code, parent: node.parent && codes.get(node.parent)!, title: node.title.slice(0, 200) },
      points: points.get(node) ?? null,
      ...(weighted.has(node.parent) ? { weight: node.weight ?? null } : {}),
      ...(words === '' && node.title.length <= 200
        ? {}
        : { text: node.title.length > 200 ? [node.title, words].join('\n').trim() : words }),
      ...optional('threshold', parts.threshold),
      ...optional('evidence', parts.evidence),
      ...optional('responsible', parts.responsible),
      ...optional('basis', parts.basis),
      ...optional('unit', parts.unit),
      ...optional('note', parts.note),
      ...(weighted.has(node) ? { rollUp: weightsOf(nodes, node) } : {}),
    };
    const guess = inner.has(node) ? null : guessMethod(parts.scoring ?? parts.text ?? '', plain, {});
    if (guess === null) return plain;
    guesses.set(code, guess);
    return { ...plain, method: guess.method };
  });
  const hasBonus = indicators.some(({ method }) => method?.kind === 'bonus');
  if (hasBonus) notes.push('有加分项：总分可以超过满分，加分总额不设上限；请在草稿中核对。');
  const isBonus = (node: OutlineNode) => guesses.get(codes.get(node)!)?.method.kind === 'bonus';
  const roots = nodes.filter((node) => node.parent === null && !isBonus(node)).map((node) => points.get(node) ?? null);
  const known = roots.filter((one) => typeof one === 'number');
  const total = known.length > 0 && !roots.includes(null) ? toNumber(sum(known.map(exact))) : null;
  const edition: Edition = {
    ...emptyEdition(head),
    ...{ max: total !== null && total > 0 ? total : null, indicators },
    ...(hasBonus ? { bonus: { cap: null, beyondMax: true } } : {}),
    ...(weighted.has(null) ? { rollUp: weightsOf(nodes, null) } : {}),
  };
  if (indicators.length === 0) return { edition: null, places, guesses, faults, notes };
  const byCode = new Map(nodes.map((node) => [codes.get(node)!, node]));
  if (treeIssues(edition).length > 0) return { edition: null, places, guesses, faults, notes };
  const cellOfPoints = (code: Code | null) => {
    const node = code === null ? undefined : byCode.get(code);
    return node && (node.pointsPlace ?? node.place);
  };
  faults.push(...sumFaults(edition, cellOfPoints));
  return { edition, places, guesses, faults, notes };
}

function optional<Part extends string>(part: Part, text: string | undefined): Partial<Record<Part, string>> {
  return text === undefined || text === '' ? {} : ({ [part]: text } as Record<Part, string>);
}

/** Weights of a table are shares of a whole where they come to 1 or 100, and parts of their own sum else. */
function weightsOf(nodes: readonly OutlineNode[], parent: OutlineNode | null): RollUp {
  const weights = nodes.filter((node) => node.parent === parent).map(({ weight }) => weight ?? 0);
  const total = toNumber(sum(weights.map(exact)));
  return { rule: 'weighted', weights: total === 1 || total === 100 ? 'percent' : 'ratio' };
}

function codesOf(nodes: readonly OutlineNode[], faults: WorkbookFault[]): Map<OutlineNode, Code> {
  const codes = new Map<OutlineNode, Code>();
  const first = new Map<Code, OutlineNode>();
  for (const node of nodes) {
    if (node.code === null) continue;
    const before = first.get(node.code);
    if (before === undefined) first.set(node.code, node);
    else {
      const place = node.codePlace ?? node.place;
      const there = before.codePlace ?? before.place;
      const where = there.sheet === place.sheet ? addressOf(there) : placeText(there);
      const rule = `编号“${node.code}”在 ${where} 已经用过，每项指标的编号只能用一次`;
      faults.push({ cause: 'code', place, subject: node.title, column: '编号', value: node.code, rule, allowed: null });
    }
    codes.set(node, node.code);
  }
  const counts = new Map<number, number>();
  for (const node of nodes) {
    if (codes.has(node)) continue;
    let code: Code;
    do {
      const next = (counts.get(node.level) ?? 0) + 1;
      counts.set(node.level, next);
      code = `${String.fromCharCode(65 + node.level)}${next}`;
    } while (first.has(code));
    first.set(code, node);
    codes.set(node, code);
  }
  return codes;
}

/** The points of all indicators. A table without any point judges without points. */
function pointsOf(nodes: readonly OutlineNode[], notes: string[]): Map<OutlineNode, Points> {
  const points = new Map<OutlineNode, Points>();
  if (nodes.every((node) => node.points === undefined)) {
    if (nodes.length > 0) notes.push('表中没有分值，按不计分读取；如应计分，请在草稿中补上分值。');
    for (const node of nodes) points.set(node, 'none');
    return points;
  }
  const children = grouped(nodes);
  const settle = (node: OutlineNode): Points => {
    const below = (children.get(node) ?? []).map(settle);
    const known = below.filter((one) => typeof one === 'number');
    const own =
      node.points !== undefined
        ? node.points
        : below.length > 0 && known.length === below.length
          ? toNumber(sum(known.map(exact)))
          : null;
    points.set(node, own);
    return own;
  };
  for (const node of children.get(null) ?? []) settle(node);
  const summed = nodes.filter((node) => node.points === undefined && typeof points.get(node) === 'number').length;
  const open = nodes.filter((node) => points.get(node) === null).length;
  if (summed > 0) notes.push(`${summed} 项上级指标没有写分值，按下级分值之和读取。`);
  if (open > 0) notes.push(`${open} 项指标没有分值，按“未见”读取，发布前须补上。`);
  return points;
}

function grouped(nodes: readonly OutlineNode[]): Map<OutlineNode | null, OutlineNode[]> {
  const children = new Map<OutlineNode | null, OutlineNode[]>();
  for (const node of nodes) {
    const siblings = children.get(node.parent);
    if (siblings) siblings.push(node);
    else children.set(node.parent, [node]);
  }
  return children;
}
