import fc from 'fast-check';
import type { FormulaField } from '#domain/formula/vocabulary.ts';

/** The fields that random formulas use: three numbers, a text and a truth value. */
export const arbitraryFields: readonly FormulaField[] = [
  { name: '甲', type: 'number' },
  { name: '乙', type: 'number' },
  { name: '丙', type: 'number' },
  { name: '类', type: 'text' },
  { name: '标', type: 'truth' },
];

/** One school's values; null is a cell nobody has filled. */
export interface ArbitrarySchool {
  甲: number | null;
  乙: number | null;
  丙: number | null;
  类: string | null;
  标: boolean | null;
}

const number = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, 999_999_999_999, -999_999_999_999, 1e-9, 123_456.789_012) },
  { weight: 4, arbitrary: fc.integer({ min: -3000, max: 3000 }) },
  { weight: 4, arbitrary: fc.integer({ min: -500_000, max: 500_000 }).map((value) => value / 100) },
);

/** A school in which about one cell in six is missing. */
export const arbitrarySchool: fc.Arbitrary<ArbitrarySchool> = fc.record({
  甲: fc.option(number, { freq: 5 }),
  乙: fc.option(number, { freq: 5 }),
  丙: fc.option(number, { freq: 5 }),
  类: fc.option(fc.constantFrom('211', '312', "o'b"), { freq: 5 }),
  标: fc.option(fc.boolean(), { freq: 5 }),
});

interface Sources {
  number: string;
  truth: string;
}

/** Sources of formulas; with `aggregates`, some parts aggregate over the county's schools. */
export function arbitraryFormula(type: 'number' | 'truth', aggregates: 'none' | 'some' | 'only'): fc.Arbitrary<string> {
  const bare = grammar(
    [fc.constantFrom('甲', '乙', '丙')],
    fc.constantFrom('标', '类 = "211"', '类 属于 ("312", "o\'b")'),
  );
  if (aggregates === 'none') return bare[type];
  const aggregate = fc.oneof(
    fc
      .tuple(fc.constantFrom('合计', '平均', '最大', '最小', '计数'), bare.number)
      .map(([name, of]) => `${name}(${of})`),
    fc
      .tuple(fc.constantFrom('合计', '平均', '最大', '最小'), bare.number, bare.truth)
      .map(([name, of, where]) => `${name}(${of}, ${where})`),
    fc.tuple(bare.truth, bare.truth).map(([of, where]) => `计数(${of}, ${where})`),
    bare.truth.map((of) => `计数(${of})`),
    bare.number.map((of) => `合计(${of}, 有值(${of}))`),
  );
  const leaves = aggregates === 'some' ? [aggregate, fc.constantFrom('甲', '乙')] : [aggregate];
  return grammar(leaves, aggregates === 'some' ? fc.constant('标') : aggregate.map((of) => `${of} > 1`))[type];
}

function grammar(
  leaves: fc.Arbitrary<string>[],
  truthLeaf: fc.Arbitrary<string>,
): { [kind in keyof Sources]: fc.Arbitrary<string> } {
  const literal = fc.constantFrom('0', '1', '2.5', '100', '0.85', '10000', '7');
  return fc.letrec<Sources>((tie) => ({
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literal,
      ...leaves,
      fc
        .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/', '×', '÷'), tie('number'))
        .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
      tie('number').map((operand) => `-(${operand})`),
      fc
        .tuple(tie('truth'), tie('number'), tie('number'))
        .map(([condition, then, otherwise]) => `如果(${condition}, ${then}, ${otherwise})`),
      fc.tuple(tie('number'), fc.integer({ min: 0, max: 6 })).map(([of, places]) => `四舍五入(${of}, ${places})`),
      fc
        .tuple(fc.constantFrom('最大', '最小', '合计', '平均'), fc.array(tie('number'), { minLength: 2, maxLength: 3 }))
        .map(([name, operands]) => `${name}(${operands.join('，')})`),
    ),
    truth: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      truthLeaf,
      fc
        .tuple(tie('number'), fc.constantFrom('=', '≠', '<', '≤', '>', '≥', '<=', '>='), tie('number'))
        .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
      fc
        .tuple(tie('truth'), fc.constantFrom('且', '或'), tie('truth'))
        .map(([left, word, right]) => `(${left} ${word} ${right})`),
      tie('truth').map((operand) => `非 (${operand})`),
      tie('number').map((operand) => `有值(${operand})`),
    ),
  }));
}
