import type { StateLook } from '../kit/words/StateMark.tsx';

/** The marks of a feature under the names by which its words on other pages refer to them: `filings.submitted`. */
export function marksOf(feature: string, marks: Readonly<Record<string, StateLook>>): Record<string, StateLook> {
  return Object.fromEntries(Object.entries(marks).map(([name, look]) => [`${feature}.${name}`, look]));
}
