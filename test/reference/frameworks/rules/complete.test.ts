import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documents, shapes } from './documents.ts';

const folder = new URL('./', import.meta.url);
const tests = readdirSync(folder)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');

it.each(Object.keys(documents))('%s has one test', (id) => {
  expect(tests.split(`documentOf('${id}')`).length - 1).toBe(1);
});

it.each(Object.keys(shapes))('shape %s has one test', (shape) => {
  expect(tests.split(`shapeOf(${shape})`).length - 1).toBe(1);
});
