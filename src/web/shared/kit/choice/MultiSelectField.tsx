import { Combobox } from '@base-ui/react/combobox';
import { useState } from 'react';
import { ChoicePopup } from './ChoicePopup.tsx';
import { type Choice, type MultiSelectProps, sameChoice } from './choice.ts';
import style from './MultiSelectField.module.css';
import { useChoices } from './useChoices.ts';

/** The field of several choices and its popup. Loaded late; pages use `MultiSelect`. */
export function MultiSelectField<Value>(props: MultiSelectProps<Value>) {
  const { id, label, value, onChange, options, find, placeholder, invalid, beside } = props;
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const source = { ...(options ? { options } : {}), ...(find ? { find } : {}) };
  const { choices, said } = useChoices(source, text, open);
  return (
    <Combobox.Root<Choice<Value>, true>
      multiple
      items={choices}
      filter={null}
      value={[...value]}
      onValueChange={onChange}
      inputValue={text}
      onInputValueChange={setText}
      open={open}
      onOpenChange={setOpen}
      itemToStringLabel={(choice) => choice.label}
      isItemEqualToValue={sameChoice}
      autoHighlight
    >
      <Combobox.Chips className={`${style.chips} ${beside ? style.beside : ''}`} aria-label={`已选的${label}`}>
        {value.map((choice) => (
          <Combobox.Chip key={`${choice.label} ${choice.note ?? ''}`} className={style.chip}>
            <span>
              {choice.label} {choice.note && <span className="caption tabular">{choice.note}</span>}
            </span>
            <Combobox.ChipRemove className={style.remove} aria-label={`移除 ${choice.label}`}>
              ×
            </Combobox.ChipRemove>
          </Combobox.Chip>
        ))}
        <Combobox.Input
          ref={(input) => setContainer(input?.closest('dialog') ?? document.body)}
          id={id}
          aria-label={label}
          aria-invalid={invalid || undefined}
          placeholder={placeholder}
        />
      </Combobox.Chips>
      <ChoicePopup label={label} said={said} container={container} />
    </Combobox.Root>
  );
}
