import { hotkeysCoreFeature, type ItemInstance, syncDataLoaderFeature } from '@headless-tree/core';
import { useTree } from '@headless-tree/react';
import { type DragEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
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
  /** A node was dragged onto another: before it, where it was dropped on its upper half, else below it as its child. */
  onDrop?: ((key: string, onto: string, where: 'before' | 'below') => void) | undefined;
}

const root = '';

/** A tree from which one node is chosen: arrows move, open and close, Enter chooses. All of it is open at first. */
export function Tree({ label, nodes, current, onChoose, onDrop }: TreeProps) {
  const [over, setOver] = useState<{ readonly key: string; readonly where: 'before' | 'below' } | null>(null);
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
            {...(onDrop === undefined ? {} : dragOf(key, over, setOver, onDrop))}
          >
            {drawn ?? name}
          </button>
        );
      })}
    </div>
  );
}

type Over = { readonly key: string; readonly where: 'before' | 'below' } | null;

/** The kind of what is dragged, so that nothing from elsewhere is taken for a node. */
const dragged = 'application/x-tree-node';

/** What makes a node one that is dragged and dropped onto. */
function dragOf(key: string, over: Over, setOver: (over: Over) => void, onDrop: NonNullable<TreeProps['onDrop']>) {
  const placeOf = (event: DragEvent<HTMLElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return event.clientY < top + height / 2 ? ('before' as const) : ('below' as const);
  };
  return {
    draggable: true,
    'data-drop': over?.key === key ? over.where : undefined,
    onDragStart: (event: DragEvent<HTMLElement>) => {
      event.dataTransfer.setData(dragged, key);
      event.dataTransfer.effectAllowed = 'move';
    },
    onDragOver: (event: DragEvent<HTMLElement>) => {
      if (!event.dataTransfer.types.includes(dragged)) return;
      event.preventDefault();
      const where = placeOf(event);
      if (over?.key !== key || over.where !== where) setOver({ key, where });
    },
    onDragEnd: () => setOver(null),
    onDragLeave: () => setOver(null),
    onDrop: (event: DragEvent<HTMLElement>) => {
      const moved = event.dataTransfer.getData(dragged);
      setOver(null);
      if (moved === '' || moved === key) return;
      event.preventDefault();
      onDrop(moved, key, placeOf(event));
    },
  };
}

function childrenOf(nodes: readonly TreeNode[], byKey: ReadonlyMap<string, TreeNode>): ReadonlyMap<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { key, parent } of nodes) {
    const above = parent !== null && byKey.has(parent) ? parent : root;
    children.set(above, [...(children.get(above) ?? []), key]);
  }
  return children;
}
