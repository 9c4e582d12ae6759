import { Menu } from '@base-ui/react/menu';
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import style from './MenuPopup.module.css';
import type { MenuItem } from './menu-item.ts';

interface MenuPopupProps {
  id: string;
  opener: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  name: string | undefined;
  items: readonly MenuItem[];
  align: 'start' | 'end';
  /** Above the items. */
  children: ReactNode;
}

/** The list of a menu, below its button or above it where there is no room. Loaded late; pages use `Menu`. */
export function MenuPopup({ id, opener, open, onOpenChange, name, items, align, children }: MenuPopupProps) {
  return (
    <Menu.Root
      open={open}
      modal={false}
      onOpenChange={(next, details) => {
        // The button handles a press on itself: handled here, it would close the menu and open it again.
        const inside = details.event.target instanceof Node && opener.current?.contains(details.event.target);
        if (!next && inside && details.reason === 'outside-press') details.cancel();
        else onOpenChange(next);
      }}
    >
      <Menu.Portal>
        <Menu.Positioner
          className={style.positioner}
          anchor={opener}
          positionMethod="fixed"
          align={align}
          sideOffset={2}
          collisionPadding={8}
        >
          <Menu.Popup
            className={style.popup}
            finalFocus={opener}
            onKeyDown={(event) => {
              // Left to itself, Tab would lead out of the open menu and onto nothing.
              if (event.key !== 'Tab') return;
              event.preventDefault();
              onOpenChange(false);
            }}
          >
            {children}
            <Menu.List id={id} aria-label={name} className={style.list}>
              <Items items={items} />
            </Menu.List>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** The keyboard begins at the chosen item, else at the first. */
function Items({ items }: { items: readonly MenuItem[] }) {
  const first = useRef<HTMLElement>(null);
  const begin = items.find((item) => item.current) ?? items.find((item) => !item.disabled);
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => first.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return items.map((item) => (
    <Menu.Item
      key={item.key}
      ref={item === begin ? first : undefined}
      className={`${style.item} ${item.danger ? style.danger : ''}`}
      data-current={item.current || undefined}
      aria-current={item.current || undefined}
      disabled={item.disabled ?? false}
      onClick={item.onSelect}
    >
      <span>{item.label}</span>
      {item.note && <span className={style.note}>{item.note}</span>}
    </Menu.Item>
  ));
}
