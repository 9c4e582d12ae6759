import { z } from 'zod';
import { day, list, oneOf, parts, text, whole } from '../kit/definition.shape.ts';
import { readDefinition } from '../kit/read-definition.shape.ts';
import { degrees, halves, inspectorKinds, paperKinds } from './inspector.ts';

/** The days on which a rule holds, and where it stands. */
const dated = { kinds: list(oneOf(inspectorKinds)), from: day, until: day.nullable(), document: text };

const eligibility = z.discriminatedUnion('by', [
  parts({ ...dated, key: text, title: text, article: text.nullable(), by: z.literal('statement') }),
  parts({ ...dated, key: text, title: text, article: text.nullable(), by: z.literal('degree'), least: oneOf(degrees) }),
  parts({ ...dated, key: text, title: text, article: text.nullable(), by: z.literal('years'), least: whole(0, 60) }),
]);

const shape = parts({
  key: text,
  edition: text,
  eligibility: list(eligibility),
  terms: list(
    parts({ ...dated, article: text.nullable(), years: whole(1, 10), most: whole(1, 20).nullable(), note: text }),
  ),
  avoidance: parts({ yearsAfterLeaving: whole(0, 20), from: day, until: day.nullable(), document: text }),
  papers: list(
    parts({
      paper: oneOf(paperKinds),
      half: oneOf(halves),
      month: whole(1, 12),
      day: whole(1, 31),
      kinds: list(oneOf(inspectorKinds)),
      document: text,
    }),
  ),
});

/** The rules by which inspectors are appointed, avoid subjects and write their papers, as an edition gives them. */
export type InspectorRules = z.output<typeof shape>;
export type EligibilityRule = InspectorRules['eligibility'][number];
export type TermRule = InspectorRules['terms'][number];

/**
 * Reads the rules for inspectors.
 * @throws Problem `definition.invalid` with every fault
 */
export function readInspectorRules(json: unknown): InspectorRules {
  return readDefinition(shape, json, '督学规则');
}

/** The rules of a list that hold for a kind of inspector on a day. */
export function holding<
  Rule extends { readonly kinds: readonly string[]; readonly from: string; readonly until: string | null },
>(rules: readonly Rule[], kind: string, on: string): Rule[] {
  return rules.filter(
    ({ kinds, from, until }) => kinds.includes(kind) && from <= on && (until === null || on <= until),
  );
}
