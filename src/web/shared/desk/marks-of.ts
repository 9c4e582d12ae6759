import type { StateLook } from '../kit/words/StateMark.tsx';

/** The marks of a feature under the names by which its words on other pages refer to them: `filings.submitted`. */
export function marksOf<Feature extends string, Name extends string>(
  feature: Feature,
  marks: Readonly<Record<Name, StateLook>>,
): Record<`${Feature}.${Name}`, StateLook> {
  const named = Object.entries<StateLook>(marks).map(([name, look]) => [`${feature}.${name}`, look]);
  return Object.fromEntries(named) as Record<`${Feature}.${Name}`, StateLook>;
}
