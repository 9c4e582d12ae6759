import { hotkeysCoreFeature, type ItemInstance, syncDataLoaderFeature } from '@headless-tree/core';
import { useTree } from '@headless-tree/react';
import { type ReactNode, useEffect, useMemo } from 'react';
import style from './Tree.module.css';

export interface TreeNode {
  key: string;
  label: string;
  /** The line as it is drawn, with marks and figures; absent: its label. */
  drawn?: ReactNode;
  parent: string | null;
  /** A node that only holds others: it can be opened and closed, but not chosen. */
  inert?: boolean;
}

interface TreeProps {
  /** What the tree contains, for screen readers. */
  label: string;
  /** The nodes in their order; a node whose parent is not among them stands at the top. */
  nodes: readonly TreeNode[];
  /** The chosen node. */
  current: string | null;
  onChoose: (key: string) => void;
}

const root = '';

/** A tree from which one node is chosen: arrows move, open and close, Enter chooses. All of it is open at first. */
export function Tree({ label, nodes, current, onChoose }: TreeProps) {
  const byKey = useMemo(() => new Map(nodes.map((node) => [node.key, node])), [nodes]);
  const children = useMemo(() => childrenOf(nodes, byKey), [nodes, byKey]);
  const tree = useTree<TreeNode>({
    rootItemId: root,
    getItemName: (item) => item.getItemData().label,
    isItemFolder: (item) => (children.get(item.getId()) ?? []).length > 0,
    dataLoader: {
      getItem: (key) => byKey.get(key) ?? { key, label, parent: null },
      getChildren: (key) => [...(children.get(key) ?? [])],
    },
    initialState: { expandedItems: nodes.map((node) => node.key), focusedItem: current },
    features: [syncDataLoaderFeature, hotkeysCoreFeature],
  });
  /** Choosing a node with children does not close it; the arrows do. */
  function choose(item: ItemInstance<TreeNode>) {
    item.setFocused();
    if (!item.getItemData().inert) onChoose(item.getId());
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the loader reads what changed
  useEffect(() => tree.scheduleRebuildTree(), [tree, children]);
  return (
    <div {...tree.getContainerProps(label)} className={style.tree}>
      {tree.getItems().map((item) => {
        const { key, label: name, drawn, inert } = item.getItemData();
        return (
          <button
            {...item.getProps()}
            key={key}
            type="button"
            role="treeitem"
            className={style.item}
            style={{ paddingInlineStart: `calc(var(--space-2) + ${item.getItemMeta().level} * var(--space-3))` }}
            aria-selected={key === current}
            onClick={() => choose(item)}
            data-inert={inert || undefined}
          >
            {drawn ?? name}
          </button>
        );
      })}
    </div>
  );
}

function childrenOf(nodes: readonly TreeNode[], byKey: ReadonlyMap<string, TreeNode>): ReadonlyMap<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { key, parent } of nodes) {
    const above = parent !== null && byKey.has(parent) ? parent : root;
    children.set(above, [...(children.get(above) ?? []), key]);
  }
  return children;
}
