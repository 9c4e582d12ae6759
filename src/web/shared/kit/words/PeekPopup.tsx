import { Popover } from '@base-ui/react/popover';
import type { ReactNode, RefObject } from 'react';
import style from './Peek.module.css';

interface PeekPopupProps {
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
}

/** The words of a peek beside its button. The keyboard stays on the button. */
export function PeekPopup({ opener, onClose, children }: PeekPopupProps) {
  return (
    <Popover.Root
      open
      onOpenChange={(open, { event }) => {
        // A press on the button is the button's own.
        if (!open && !(event.target instanceof Node && opener.current?.contains(event.target))) onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          className={style.positioner}
          anchor={opener}
          sideOffset={4}
          align="start"
          collisionPadding={8}
        >
          <Popover.Popup className={style.popup} initialFocus={false} finalFocus={false} aria-hidden="true">
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
