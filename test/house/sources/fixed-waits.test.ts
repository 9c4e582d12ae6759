import { readdirSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { nodesOf, placeOf, root, textOf, treeOf } from '#test/support/sources.ts';

/** Tests that let time pass, because the time itself is what they try. */
const reasons: Readonly<Record<string, string>> = {
  'src/server/platform/jobs/idle.test.ts': 'counts the statements of some seconds in which nothing happens',
  'src/server/platform/http/body-bounds.test.ts': 'sends a file over a slow line',
  'test/house/programs/fingerprint.test.ts': 'files must grow old: the time of their last change cannot be set',
  'test/faults/outage.test.ts': 'the database is away for a time, and a crowd asks at its pace',
  'test/faults/troubled-machine.test.ts': 'the machine stands still for a time, or has another clock',
};

/** The tests, and what they share. */
const files = ['src', 'test'].flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => (folder === 'test' ? /\.tsx?$/ : /\.test\.tsx?$/).test(file)),
);

/** Whether a call only lets time pass: `setTimeout` that settles a promise, a pause, or the wait of a page. */
function letsTimePass(call: ts.CallExpression, tree: ts.SourceFile): boolean {
  const name = call.expression.getText(tree);
  const [first] = call.arguments;
  // A fault at a random moment waits for nothing: the moment is drawn anew each time.
  if (/^(?:pause|sleep|delay)$/.test(name)) return !/\bmoments\.between\(/.test(call.getText(tree));
  if (/\.waitForTimeout$/.test(name)) return true;
  if (name !== 'setTimeout' || first === undefined) return false;
  for (let node: ts.Node = call; node.parent; node = node.parent) {
    if (!ts.isNewExpression(node.parent) || node.parent.expression.getText(tree) !== 'Promise') continue;
    const [settle] = ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? node.parameters : [];
    return settle !== undefined && first.getText(tree).includes(settle.name.getText(tree));
  }
  return false;
}

function faultsOf(file: string, text = textOf(file)): string[] {
  if (!/\b(?:setTimeout|pause|sleep|delay|waitForTimeout)\(/.test(text)) return [];
  const tree = treeOf(file, text);
  return nodesOf(tree, ts.isCallExpression)
    .filter((call) => letsTimePass(call, tree))
    .map((call) => `${placeOf(call)} ${call.getText(tree)}`);
}

it('no test waits for a time to see that something happens or does not', () => {
  expect(files.length).toBeGreaterThan(500);
  const faults = new Map(files.map((file) => [file, faultsOf(file)]));
  for (const file of Object.keys(reasons)) expect(faults.get(file), `${file} needs no reason`).not.toEqual([]);
  expect([...faults].flatMap(([file, found]) => (file in reasons ? [] : found))).toEqual([]);
});

it.each([
  'await new Promise((resolve) => setTimeout(resolve, 50));',
  'await new Promise<void>((done) => setTimeout(() => done(), 50));',
  'await pause(200);',
  'await page.waitForTimeout(100);',
])('finds %s', (text) => {
  expect(faultsOf('test/some.test.ts', text)).toHaveLength(1);
});

it.each([
  'setTimeout(() => socket.destroy(), 5);',
  'await pause(moments.between(0, 20));',
  'await new Promise((resolve) => setImmediate(resolve));',
  'await expect.poll(() => seen, { timeout: 5_000 }).toBe(1);',
])('lets %s pass', (text) => {
  expect(faultsOf('test/some.test.ts', text)).toEqual([]);
});
