import type { Indicator } from '#domain/framework/edition.ts';

/** Where an indicator goes: below a parent, in front of a sibling or behind the last. */
export interface Move {
  readonly parent: string | null;
  readonly before: string | null;
}

type Nodes = readonly Pick<Indicator, 'code' | 'parent'>[];

const siblingsOf = (nodes: Nodes, parent: string | null) => nodes.filter((one) => one.parent === parent);
const parentOf = (nodes: Nodes, code: string) => nodes.find((one) => one.code === code)?.parent ?? null;

/** Where a key moves an indicator: up or down among its siblings, out behind its parent, or below the sibling before it. */
export function moveOf(nodes: Nodes, code: string, key: 'up' | 'down' | 'out' | 'in'): Move | null {
  const parent = parentOf(nodes, code);
  const siblings = siblingsOf(nodes, parent);
  const at = siblings.findIndex((one) => one.code === code);
  switch (key) {
    case 'up':
      return at <= 0 ? null : { parent, before: siblings[at - 1]!.code };
    case 'down':
      return at === siblings.length - 1 ? null : { parent, before: siblings[at + 2]?.code ?? null };
    case 'in':
      return at <= 0 ? null : { parent: siblings[at - 1]!.code, before: null };
    case 'out': {
      if (parent === null) return null;
      const above = parentOf(nodes, parent);
      const uncles = siblingsOf(nodes, above);
      const next = uncles[uncles.findIndex((one) => one.code === parent) + 1];
      return { parent: above, before: next?.code ?? null };
    }
  }
}

/** Where an indicator goes that is dropped onto another: in front of it, or below it as its last child. */
export function dropOf(nodes: Nodes, onto: string, where: 'before' | 'below'): Move {
  return where === 'below' ? { parent: onto, before: null } : { parent: parentOf(nodes, onto), before: onto };
}

/** A free code to offer for a new indicator: of the kind of its siblings, else of the next letter. */
export function offeredCode(nodes: Nodes, parent: string | null): string {
  const like = siblingsOf(nodes, parent).at(-1)?.code;
  const letters = /^([A-Za-z]+)\d+$/.exec(like ?? '')?.[1] ?? nextLetter(parent);
  if (letters === null) {
    const base = like?.replace(/\d+$/, '') ?? `${parent}.`;
    const last = Number(/\d+$/.exec(like ?? '')?.[0] ?? 0);
    return firstFree(nodes, (at) => `${base}${last + at}`);
  }
  const used = nodes.flatMap(({ code }) => {
    const [, own, digits] = /^([A-Za-z]+)(\d+)$/.exec(code) ?? [];
    return own === letters ? [Number(digits)] : [];
  });
  const last = Math.max(0, ...used);
  return firstFree(nodes, (at) => `${letters}${last + at}`);
}

/** A → B; null where the parent is not numbered by a letter. */
function nextLetter(parent: string | null): string | null {
  if (parent === null) return 'A';
  const [, letter] = /^([A-Y])\d+$/.exec(parent) ?? [];
  return letter === undefined ? null : String.fromCharCode(letter.charCodeAt(0) + 1);
}

function firstFree(nodes: Nodes, codeOf: (at: number) => string): string {
  const used = new Set(nodes.map(({ code }) => code));
  for (let at = 1; ; at += 1) if (!used.has(codeOf(at))) return codeOf(at);
}
