import type { TreeNode } from '../evaluation-reply.ts';

/** How deep each node of a tree stands below its root, whose level is 0; nodes stand behind their parents. */
export function levelsOf(nodes: readonly Pick<TreeNode, 'code' | 'parent'>[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const { code, parent } of nodes) levels.set(code, parent === null ? 0 : (levels.get(parent) ?? 0) + 1);
  return levels;
}

/** The indent of a level in a table of indicators. */
export const indentOf = (level: number | undefined) => ({ paddingInlineStart: `${level ?? 0}rem` });
