import { canonicalJson } from '../kit/canonical-json.ts';
import { isMissing } from '../kit/value.ts';
import type { PreparedStandard } from './prepared-standard.ts';
import { formulaVersion } from './run.ts';
import type { BalanceSchool } from './school.ts';

/**
 * Everything that a run's result depends on, as one canonical text: the formula version, the whole standard, and of each
 * school (ordered by code) its register entry and the fields that the standard reads. Equal texts mean equal results;
 * the caller stores the SHA-256 of it as the inputs hash.
 */
export function canonicalInputs(prepared: PreparedStandard, schools: readonly BalanceSchool[]): string {
  const fields = [...new Set([...prepared.fields, '小学在校生数', '初中在校生数', '高中在校生数'])].sort();
  const entries = [...schools]
    .sort((left, right) => (left.code < right.code ? -1 : left.code > right.code ? 1 : 0))
    .map(({ code, name, type, sponsor, values, filed }) => ({
      code,
      name,
      type,
      sponsor,
      filed: filed !== false,
      values: Object.fromEntries(
        fields.flatMap((field) => {
          const value = Object.hasOwn(values, field) ? values[field] : undefined;
          if (value === undefined || value === null) return [];
          return [[field, isMissing(value) ? { missing: value.missing } : value]];
        }),
      ),
    }));
  return canonicalJson({ formulaVersion, standard: prepared.standard, schools: entries });
}
