import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, textOf } from '#test/support/sources.ts';

/**
 * The requirements of ASVS 5.0.0 at levels 1 and 2 (https://github.com/OWASP/ASVS, tag v5.0.0_release): for each section
 * the last number; those of level 3 alone stand behind it.
 */
const lastOfSection: Readonly<Record<string, number>> = {
  ...{ '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  ...{ '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4 },
  ...{ '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3, '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2, '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
  ...{ '9.1': 3, '9.2': 4, '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3 },
  ...{ '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1, '12.1': 3, '12.2': 2, '12.3': 4 },
  ...{ '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5, '14.1': 2, '14.2': 4, '14.3': 3, '15.1': 3, '15.2': 3, '15.3': 7 },
  ...{ '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3, '17.1': 1, '17.2': 4, '17.3': 2 },
};
const requirements = Object.entries(lastOfSection).flatMap(([section, last]) =>
  Array.from({ length: last }, (_, at) => `${section}.${at + 1}`),
);

/** The controls of GB/T 22239-2019, section 8, and how many items each has (a, b, …); 0: the control is one sentence. */
const itemsOfControl: Readonly<Record<string, number>> = {
  ...{ '8.1.4.1': 4, '8.1.4.2': 7, '8.1.4.3': 4, '8.1.4.4': 6, '8.1.4.5': 0, '8.1.4.6': 0, '8.1.4.7': 2, '8.1.4.8': 2 },
  ...{ '8.1.4.9': 3, '8.1.4.10': 2, '8.1.4.11': 2, '8.1.5.1': 2, '8.1.5.2': 2, '8.1.5.3': 2, '8.1.5.4': 0 },
  ...{ '8.1.1': 0, '8.1.2': 0, '8.1.3': 0, '8.1.6': 0, '8.1.7': 0, '8.1.8': 0, '8.1.9': 0, '8.1.10': 0 },
};
const controls = Object.entries(itemsOfControl).flatMap(([control, items]) =>
  items === 0 ? [control] : [...'abcdefg'].slice(0, items).map((item) => `${control} ${item}`),
);

const kinds = ['holds', 'operator', 'does not apply', 'short'] as const;
const document = textOf('docs/SECURITY.md');
const [head = '', asvsPart = '', restPart = ''] = document.split(/^## (?:ASVS 5\.0\.0|等保三级).*$/m);

interface Row {
  readonly number: string;
  readonly point: string;
  readonly kind: string;
  readonly how: string;
  readonly tests: readonly string[];
}

/** The rows of the tables of points: those whose first cell is a number of a standard. */
function rowsOf(text: string): Row[] {
  const lines = text.split('\n').filter((line) => /^\| \d+\.\d/.test(line));
  return lines.map((line) => {
    const [, number = '', point = '', kind = '', how = '', tests = '', ...more] = line
      .split('|')
      .map((one) => one.trim());
    expect(more, line).toEqual(['']);
    return {
      ...{ number: number.replace(/ \[R\]$/, ''), point, kind, how },
      tests: tests === '' ? [] : tests.split(' ').map((one) => /^`(.+)`$/.exec(one)?.[1] ?? `no file: ${one}`),
    };
  });
}

const tables = [
  { name: 'ASVS 5.0.0, levels 1 and 2', rows: rowsOf(asvsPart), numbers: requirements },
  { name: '等保三级', rows: rowsOf(restPart), numbers: controls },
];

describe.each(tables)('the points of $name', ({ name, rows, numbers }) => {
  it('are all there, each once and in their order', () => {
    const of = rows.map((row) => row.number);
    expect(of.filter((number, at) => of.indexOf(number) !== at)).toEqual([]);
    expect(of).toEqual(numbers);
  });

  it('have one kind each, and say in words what they ask and how it stands', () => {
    expect(rows.filter(({ kind }) => !kinds.some((one) => one === kind))).toEqual([]);
    expect(rows.filter(({ point, how }) => point === '' || how === '')).toEqual([]);
  });

  it('hold by tests that exist', () => {
    const missing = rows.flatMap(({ number, tests }) =>
      tests.flatMap((file) =>
        file.endsWith('.test.ts') && existsSync(path.join(root, file)) ? [] : [`${number}: ${file}`],
      ),
    );
    expect(missing).toEqual([]);
    expect(rows.filter(({ kind, tests }) => kind === 'holds' && tests.length === 0)).toEqual([]);
    expect(rows.filter(({ kind, tests }) => kind === 'does not apply' && tests.length > 0)).toEqual([]);
    expect(rows.filter(({ tests }) => new Set(tests).size !== tests.length)).toEqual([]);
  });

  it('are counted by kind at the head as they are', () => {
    const counts = kinds.map((kind) => `${rows.filter((row) => row.kind === kind).length} ${kind}`).join(', ');
    expect(head).toContain(`- ${name}: ${rows.length} points: ${counts}.`);
  });
});

it('the document leads only to headings that it has', () => {
  const anchors = new Set(
    [...document.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-')),
  );
  const links = [...document.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
  expect(links.length).toBeGreaterThan(8);
  expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
});

it('every class of data and every log has its protection and its place', () => {
  const tableOf = (title: string) =>
    (document.split(`### ${title}\n`)[1] ?? '')
      .split(/^#/m)[0]!
      .split('\n')
      .filter((line) => /^\| [^-]/.test(line))
      .slice(1)
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  for (const [title, least] of [
    ['Data', 4],
    ['Logs', 3],
    ['Keys', 7],
  ] as const) {
    const cells = tableOf(title);
    expect(cells.length, title).toBeGreaterThanOrEqual(least);
    expect(
      cells.filter((row) => row.includes('')),
      title,
    ).toEqual([]);
  }
});

it('whoever installs the product is led to what is left to him', () => {
  expect(textOf('README.md')).toContain('docs/SECURITY.md#what-the-operator-does');
  expect(textOf('docs/guides/run-on-postgres.md')).toContain('../SECURITY.md#what-the-operator-does');
  expect(document).toMatch(/^## What the operator does$/m);
});
