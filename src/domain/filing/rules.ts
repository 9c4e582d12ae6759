import { evaluate, formula } from '#domain/formula/formula.ts';
import { type Vocabulary, vocabulary } from '#domain/formula/vocabulary.ts';
import { formulaFields } from '../formula/formula-fields.ts';
import type { Catalogue, HardRule } from './catalogue.shape.ts';
import type { FieldValues, FilingSchool } from './catalogue.ts';
import { enteredFields, fieldOf, isEntered, rememberedByKind, visibleFields } from './catalogue.ts';

/** A formula of the edition, ready to run over the values of one school. */
export interface CompiledFormula {
  /** Field keys that it reads, in the order of first mention. */
  readonly fields: readonly string[];
  /** The result, or null if a value is missing or the result is not a number. */
  evaluate(values: FieldValues): number | null;
}

/** A hard rule that concerns a school: all its fields are the school's. */
export interface CompiledRule {
  readonly rule: HardRule;
  readonly left: CompiledFormula;
  readonly right: CompiledFormula;
  /** The two figures that the finding names. */
  readonly shown: readonly [CompiledFormula, CompiledFormula];
  /** The typed-in fields that decide the rule; derived fields are replaced by the fields they are computed from. */
  readonly entered: readonly string[];
}

const formulas = new WeakMap<Catalogue, { names: Vocabulary; compiled: Map<string, CompiledFormula> }>();

/**
 * Compiles a formula of the edition once.
 * @throws Problem `formula.invalid` if a formula names an unknown field or is malformed; `validateCatalogue` finds that
 * before an edition is used
 */
export function compiledFormula(catalogue: Catalogue, source: string): CompiledFormula {
  let known = formulas.get(catalogue);
  if (!known) {
    known = { names: vocabulary(formulaFields(catalogue.fields)), compiled: new Map() };
    formulas.set(catalogue, known);
  }
  let compiled = known.compiled.get(source);
  if (!compiled) {
    const ready = formula(source, known.names);
    compiled = {
      fields: ready.fields,
      evaluate(values) {
        const result = evaluate(ready, { read: (name) => numberOf(values[name]) });
        return typeof result === 'number' ? result : null;
      },
    };
    known.compiled.set(source, compiled);
  }
  return compiled;
}

/** A text in a number's cell is reported elsewhere; a formula treats it as missing. */
function numberOf(value: FieldValues[string] | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** The hard rules that concern a school of this kind, compiled. */
export const rulesOf = rememberedByKind((catalogue, school): readonly CompiledRule[] => {
  const visible = new Set(visibleFields(catalogue, school).map((field) => field.key));
  return catalogue.hardRules
    .map((rule): CompiledRule => {
      const left = compiledFormula(catalogue, rule.left);
      const right = compiledFormula(catalogue, rule.right);
      const first = rule.shown ? compiledFormula(catalogue, rule.shown.first) : left;
      const second = rule.shown ? compiledFormula(catalogue, rule.shown.second) : right;
      return {
        rule,
        left,
        right,
        shown: [first, second],
        entered: enteredParts(catalogue, [...left.fields, ...right.fields]),
      };
    })
    .filter(({ left, right }) => [...left.fields, ...right.fields].every((name) => visible.has(name)));
});

/** Resolves derived fields to the fields that are typed in, each once. */
function enteredParts(catalogue: Catalogue, keys: readonly string[]): string[] {
  const parts = new Set<string>();
  const visit = (key: string): void => {
    const field = fieldOf(catalogue, key);
    if (!field) return;
    if (field.derived !== undefined) compiledFormula(catalogue, field.derived).fields.forEach(visit);
    else if (isEntered(field)) parts.add(key);
  };
  keys.forEach(visit);
  return [...parts];
}

/**
 * The fields that open when `fields` are sent back: these fields and every field that shares a hard rule with one of
 * them, so that a correction can be made to fit. The rules are followed one step only. Further steps would open most of
 * the form, and a field two rules away was right when it was submitted; `openFields` opens it when it no longer is. In
 * the order of the catalogue.
 */
export function joinedFields(catalogue: Catalogue, school: FilingSchool, fields: readonly string[]): string[] {
  const wanted = new Set(enteredParts(catalogue, fields));
  const open = new Set(wanted);
  for (const rule of rulesOf(catalogue, school)) {
    if (rule.entered.some((key) => wanted.has(key))) for (const key of rule.entered) open.add(key);
  }
  return enteredFields(catalogue, school)
    .map((field) => field.key)
    .filter((key) => open.has(key));
}
