import { canonicalJson } from '../../kit/canonical-json.ts';
import { issuesOf } from '../../kit/definition.shape.ts';
import { problem } from '../../kit/problem.ts';
import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import type { Edition, Indicator } from '../edition.ts';
import type { Prepared, PreparedLeaf, PreparedRelaxation } from '../result.ts';
import { editionShape } from './edition.shape.ts';
import { FormulaReader } from './formula-reader.ts';
import { methodIssues } from './method-check.ts';
import { pointIssues } from './points-check.ts';
import { ruleIssues } from './rules-check.ts';
import { Tree, treeIssues } from './tree.ts';
import { unitsOf } from './units.ts';
import type { FrameworkWords } from './words.ts';

/** What an edition is read against. */
export interface EditionSurroundings {
  readonly words: FrameworkWords;
  /** SHA-256 of a text, as lower-case hex; passed in because hashing needs a platform. */
  readonly hash: (text: string) => string;
}

/**
 * Reads an edition of a framework from parsed JSON and checks all of it: shape, tree (codes once, parents before their
 * children, no cycle), points (children and gaps add up to their parent, weights to 100 % or by a named ratio), methods
 * and their parameters, every formula against the words that formulas may use, and the places that rules name. What a
 * document does not show stays unknown and is named in `open`; our own readings of points, placeholders and gaps are
 * named there too.
 * @throws Problem `framework.invalid` with every fault, each with its place, its indicator and a Chinese sentence
 */
export function prepareEdition(json: unknown, { words, hash }: EditionSurroundings): Prepared {
  const edition = readEdition(json);
  const tree = new Tree(edition);
  const shapeOfTree = treeIssues(edition);
  // Sums and formulas are checked only in a sound tree. Otherwise one mistyped parent would be reported many times.
  if (shapeOfTree.length > 0) throw refusal(edition.key, shapeOfTree);

  const reader = new FormulaReader(edition, words);
  const leaves = tree.leaves.map((at): PreparedLeaf => preparedLeaf(edition.indicators[at]!, at, reader));
  const relaxations = (edition.relaxations ?? []).map((relaxation, index): PreparedRelaxation => {
    const when = relaxation.when === null ? null : reader.read(relaxation.when, 'truth', `relaxations[${index}].when`);
    const replaced = relaxation.codes.flatMap((code): PreparedLeaf[] => {
      const at = tree.leaves.find((leaf) => edition.indicators[leaf]!.code === code);
      return at === undefined ? [] : [preparedLeaf({ ...edition.indicators[at]!, ...relaxation.replace }, at, reader)];
    });
    return { relaxation, when, leaves: replaced };
  });
  const applies = edition.applies === undefined ? null : reader.read(edition.applies, 'truth', 'applies');
  readConditions(edition, reader);
  const units = unitsOf(edition);
  const issues = [
    ...pointIssues(edition, tree),
    ...tree.leaves.flatMap((at) => methodIssues(edition, edition.indicators[at]!, at)),
    ...ruleIssues(edition, tree),
    ...reader.issues,
    ...units.issues,
  ];
  if (issues.length > 0) throw refusal(edition.key, issues);
  return {
    edition,
    hash: hash(canonicalJson(edition)),
    order: edition.indicators,
    children: tree.children,
    leaves,
    units: units.units,
    open: tree.open,
    conditions: reader.conditions,
    applies,
    relaxations,
  };
}

/**
 * The edition of a JSON file by its shape alone, without what its parts say of each other.
 * @throws Problem `framework.invalid` with every fault
 */
export function readEdition(json: unknown): Edition {
  const found = editionShape.safeParse(json);
  if (found.success) return found.data;
  const issues = issuesOf(found.error).map(({ path, message }) => ({ path, code: codeAt(json, path), message }));
  throw refusal(keyOf(json), issues);
}

function preparedLeaf(indicator: Indicator, at: number, reader: FormulaReader): PreparedLeaf {
  const { method, code } = indicator;
  const place = `indicators[${at}]`;
  const read = (source: string | undefined, type: 'number' | 'truth', part: string) =>
    source === undefined ? null : reader.read(source, type, `${place}.${part}`, code);
  const elements = method?.kind === 'elements' ? method.elements : [];
  for (const name of namesOf(method)) reader.name(name, `${place}.method`, code);
  return {
    at,
    indicator,
    formula: read(indicator.formula, method?.kind === 'yesNo' ? 'truth' : 'number', 'formula'),
    applies: read(indicator.applies, 'truth', 'applies'),
    elementFormulas: elements.map(({ formula }, n) => read(formula, 'truth', `method.elements[${n}].formula`)),
    elementApplies: elements.map(({ applies }, n) => read(applies, 'truth', `method.elements[${n}].applies`)),
  };
}

/** Facts that a method reads by their names, without a formula. */
function namesOf(method: Indicator['method']): string[] {
  if (method?.kind === 'survey') return [method.minimumAnswers?.perThousandOf ?? []].flat();
  const against = method?.kind === 'relative' ? method.full?.against : undefined;
  return typeof against === 'object' ? [against.fact] : [];
}

function readConditions(edition: Edition, reader: FormulaReader): void {
  const { preconditions = [], vetoes, caps, downgrades, conclusions, actions = [], indicators } = edition;
  for (const [list, rules] of Object.entries({ preconditions, vetoes, caps, downgrades, actions })) {
    for (const [n, { when }] of rules.entries()) reader.condition(when, `${list}[${n}].when`);
  }
  for (const [n, { rows }] of conclusions.entries()) {
    for (const [row, { when }] of rows.entries()) {
      for (const one of when) reader.condition(one, `conclusions[${n}].rows[${row}].when`);
    }
  }
  for (const [at, { code, adjust = [], method }] of indicators.entries()) {
    for (const { when } of adjust) reader.condition(when, `indicators[${at}].adjust`, code);
    const factors = method?.kind === 'deduction' ? (method.factorIf ?? []) : [];
    for (const { when } of factors) reader.condition(when, `indicators[${at}].method.factorIf`, code);
  }
}

function refusal(key: string, issues: readonly FrameworkIssue[]) {
  return problem('framework.invalid', { key, issues });
}

/** The name of the unreadable edition, for the sentence. */
function keyOf(json: unknown): string {
  const key = typeof json === 'object' && json !== null && 'key' in json ? json.key : undefined;
  return typeof key === 'string' && key.trim() !== '' ? key : '未命名';
}

/** The code of the indicator that a path of the file lies in, where it has one. */
function codeAt(json: unknown, path: string): string | null {
  const place = /^indicators\[(\d+)\]/.exec(path);
  if (place === null) return null;
  const code: unknown = (json as { indicators?: { code?: unknown }[] }).indicators?.[Number(place[1])]?.code;
  return typeof code === 'string' && code.trim() !== '' ? code : null;
}
