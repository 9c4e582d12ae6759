import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fieldsOfSchools } from '../../formula/formula-fields.ts';
import { prepareEdition } from '../edition/prepare-edition.ts';
import { askedFacts } from './asked-facts.ts';

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../../../reference/${file}`, import.meta.url), 'utf8'));
const words = {
  fields: fieldsOfSchools([read('catalogues/resource-2025.json').fields]),
  names: read('frameworks/names.json'),
};
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

it('an edition says which leaves ask a fact, and which facts only its rules ask', () => {
  const prepared = prepareEdition(read('frameworks/county-inspection-sample.json'), { words, hash });
  const asked = askedFacts(prepared);
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.every(({ name }) => name.startsWith('事实:'))).toBe(true);
  expect(asked.every(({ codes, inRules }) => codes.length > 0 || inRules)).toBe(true);
  expect(new Set(asked.map(({ name }) => name)).size).toBe(asked.length);
  for (const { name, codes } of asked) {
    for (const code of codes) {
      const indicator = prepared.byCode.get(code)!;
      expect(JSON.stringify(indicator)).toContain(name);
    }
  }
  const ofRules = asked.find(({ codes }) => codes.length === 0);
  if (ofRules) expect(JSON.stringify({ ...prepared.edition, indicators: [] })).toContain(ofRules.name);
});
