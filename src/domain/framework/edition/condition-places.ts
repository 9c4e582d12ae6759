import type { Code, ConditionText, Edition, Indicator } from '../edition.ts';

/** A condition of an edition and the place in the file where it stands. */
export interface ConditionPlace {
  readonly text: ConditionText;
  readonly path: string;
  readonly code: Code | null;
}

/**
 * Every condition of an edition in the order of the file: of preconditions, rules, actions and decision tables, of the notes
 * and factors of indicators, and of what relaxations put in the place of these.
 */
export function conditionPlaces(edition: Edition): readonly ConditionPlace[] {
  const { preconditions = [], vetoes, caps, downgrades, conclusions, actions = [], indicators } = edition;
  const rules = Object.entries({ preconditions, vetoes, caps, downgrades, actions });
  return [
    ...rules.flatMap(([list, of]) =>
      of.map(({ when }, n): ConditionPlace => ({ text: when, path: `${list}[${n}].when`, code: null })),
    ),
    ...conclusions.flatMap(({ rows }, n) =>
      rows.flatMap(({ when }, row) =>
        when.map((text): ConditionPlace => ({ text, path: `conclusions[${n}].rows[${row}].when`, code: null })),
      ),
    ),
    ...indicators.flatMap((one, at) => ofIndicator(one, `indicators[${at}]`, one.code)),
    ...(edition.relaxations ?? []).flatMap(({ replace, codes }, n) =>
      ofIndicator(replace, `relaxations[${n}].replace`, codes[0] ?? null),
    ),
  ];
}

type Noted = Pick<Indicator, 'adjust' | 'method'>;

function ofIndicator({ adjust = [], method }: Noted, path: string, code: Code | null): ConditionPlace[] {
  const factors = method?.kind === 'deduction' ? (method.factorIf ?? []) : [];
  return [
    ...adjust.map(({ when }) => ({ text: when, path: `${path}.adjust`, code })),
    ...factors.map(({ when }) => ({ text: when, path: `${path}.method.factorIf`, code })),
  ];
}
