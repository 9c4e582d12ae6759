import { type SchoolLevel, schoolLevelNames } from '../org/school-level.ts';
import type { TermType } from './term.ts';
import { parseUnit, type Unit } from './unit.ts';

/** A data item that formulas may name. `unit` as written in the catalogue (`平方米`, `万元`, `人`). */
export interface FormulaField {
  readonly name: string;
  readonly type: TermType;
  readonly unit?: string | undefined;
  /**
   * It belongs to the subject itself and not to each of its schools (`事实:在园幼儿数`, 岗位): the formula of a county names it
   * outside the aggregates too.
   */
  readonly own?: true;
}

/** Answers which field a name of a formula means. */
export interface Vocabulary {
  /** The field behind a name, under its full name, or undefined. */
  find(name: string): { name: string; type: TermType; unit: Unit | undefined; own: boolean } | undefined;
  /** A known name that looks like a mistyped one. */
  nearest(name: string): string | undefined;
}

/**
 * The vocabulary of a field list. With a school level, a name without prefix means that section's field where there is
 * one (专任教师数 is 小学专任教师数 for primary), else the school-wide field (图书册数).
 */
export function vocabulary(fields: Iterable<FormulaField>, level?: SchoolLevel): Vocabulary {
  const known = new Map([...fields].map((field) => [field.name, field]));
  const prefix = level ? schoolLevelNames[level] : '';
  return {
    find(name) {
      const field = known.get(prefix + name) ?? known.get(name);
      if (!field) return undefined;
      const { type, own = false } = field;
      return { name: field.name, type, unit: field.unit === undefined ? undefined : parseUnit(field.unit), own };
    },
    nearest(name) {
      const candidates = [...known.keys()].flatMap((full) =>
        prefix !== '' && full.startsWith(prefix) ? [full, full.slice(prefix.length)] : [full],
      );
      const ranked = candidates
        .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
        .filter(({ candidate, distance }) => distance <= 2 && distance < candidate.length / 2)
        .sort((left, right) => left.distance - right.distance);
      return ranked[0]?.candidate;
    },
  };
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const change = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
}
