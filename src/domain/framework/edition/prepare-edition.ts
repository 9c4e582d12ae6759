import { canonicalJson } from '../../kit/canonical-json.ts';
import { issuesOf } from '../../kit/definition.shape.ts';
import { problem } from '../../kit/problem.ts';
import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import type { Edition, Indicator } from '../edition.ts';
import { namedFacts } from '../names.ts';
import type { Prepared, PreparedLeaf, PreparedRelaxation } from '../result.ts';
import { conditionPlaces } from './condition-places.ts';
import { editionShape } from './edition.shape.ts';
import { FormulaReader } from './formula-reader.ts';
import { factsOfMethod, methodIssues } from './method-check.ts';
import { pointIssues } from './points-check.ts';
import { optionIssues, ruleIssues } from './rules-check.ts';
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
  const relaxations = (edition.relaxations ?? []).map((relaxation, n): PreparedRelaxation => {
    const path = `relaxations[${n}]`;
    const when = relaxation.when === null ? null : reader.read(relaxation.when, 'truth', `${path}.when`);
    const replaced = relaxation.codes.flatMap((code): PreparedLeaf[] => {
      const at = tree.leaves.find((leaf) => edition.indicators[leaf]!.code === code);
      if (at === undefined) return [];
      const instead = { ...edition.indicators[at]!, ...relaxation.replace };
      return [preparedLeaf(instead, at, reader, `${path}.replace`)];
    });
    return { relaxation, when, leaves: replaced };
  });
  const applies = edition.applies === undefined ? null : reader.read(edition.applies, 'truth', 'applies');
  for (const { text, path, code } of conditionPlaces(edition)) reader.condition(text, path, code);
  const units = unitsOf(edition);
  const issues = [
    ...pointIssues(edition, tree),
    ...tree.leaves.flatMap((at) => methodIssues(edition, edition.indicators[at]!, `indicators[${at}]`)),
    ...relaxations.flatMap(({ relaxation: { replace }, leaves: replaced }, n) =>
      // What it leaves as it is was checked at the leaf.
      replace.method === undefined && replace.formula === undefined
        ? []
        : replaced.flatMap(({ indicator }) => methodIssues(edition, indicator, `relaxations[${n}].replace`)),
    ),
    ...ruleIssues(edition, tree),
    ...optionIssues(edition, reader.conditions),
    ...reader.issues,
    ...units.issues,
  ];
  if (issues.length > 0) throw refusal(edition.key, issues);
  return {
    edition,
    hash: hash(canonicalJson(edition)),
    order: edition.indicators,
    byCode: new Map(edition.indicators.map((indicator) => [indicator.code, indicator])),
    children: tree.children,
    leaves,
    units: units.units,
    open: tree.open,
    conditions: reader.conditions,
    applies,
    named: namedFacts(edition, words.names),
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

function preparedLeaf(
  indicator: Indicator,
  at: number,
  reader: FormulaReader,
  place = `indicators[${at}]`,
): PreparedLeaf {
  const { method, code } = indicator;
  const read = (source: string | undefined, type: 'number' | 'truth', part: string) =>
    source === undefined ? null : reader.read(source, type, `${place}.${part}`, code);
  const elements = method?.kind === 'elements' ? method.elements : [];
  for (const name of factsOfMethod(method)) reader.name(name, `${place}.method`, code);
  return {
    at,
    indicator,
    formula: read(indicator.formula, method?.kind === 'yesNo' ? 'truth' : 'number', 'formula'),
    applies: read(indicator.applies, 'truth', 'applies'),
    elementFormulas: elements.map(({ formula }, n) => read(formula, 'truth', `method.elements[${n}].formula`)),
    elementApplies: elements.map(({ applies }, n) => read(applies, 'truth', `method.elements[${n}].applies`)),
  };
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
