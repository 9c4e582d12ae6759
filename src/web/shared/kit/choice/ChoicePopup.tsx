import { Combobox } from '@base-ui/react/combobox';
import style from './ChoicePopup.module.css';
import type { Choice } from './choice.ts';

interface ChoicePopupProps {
  label: string;
  /** The text where there is nothing to choose. */
  said: string;
  /** The element in which it is drawn: an open dialog covers everything outside it. */
  container: HTMLElement | null;
}

/** The popup below a field (above it where there is no room): the choices, or one sentence why there are none. */
export function ChoicePopup({ label, said, container }: ChoicePopupProps) {
  return (
    <Combobox.Portal container={container}>
      <Combobox.Positioner
        className={style.positioner}
        positionMethod="fixed"
        align="start"
        sideOffset={2}
        collisionPadding={8}
      >
        <Combobox.Popup className={style.popup}>
          <Combobox.Status className={said ? style.said : undefined}>{said}</Combobox.Status>
          <Combobox.List aria-label={label}>
            {(choice: Choice<unknown>) => (
              <Combobox.Item key={`${choice.label} ${choice.note ?? ''}`} value={choice} className={style.option}>
                <span>{choice.label}</span>
                {choice.note && <span className={style.note}>{choice.note}</span>}
              </Combobox.Item>
            )}
          </Combobox.List>
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}
