import { Combobox } from '@base-ui/react/combobox';
import { useState } from 'react';
import { ChoicePopup } from './ChoicePopup.tsx';
import { type Choice, type ComboboxProps, sameChoice } from './choice.ts';
import { useChoices } from './useChoices.ts';

/** The field of a combobox and its popup. Loaded late; pages use `Combobox`. */
export function ComboboxField<Value>(props: ComboboxProps<Value>) {
  const { id, label, value, onChange, options, find, placeholder, invalid, autoFocus } = props;
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const { choices, said } = useChoices({ ...(options ? { options } : {}), ...(find ? { find } : {}) }, text, open);
  return (
    <Combobox.Root<Choice<Value>>
      items={choices}
      filter={null}
      value={value}
      onValueChange={onChange}
      onInputValueChange={(next, { reason }) => {
        if (reason === 'input-change' || reason === 'input-clear') setText(next);
      }}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        // The text typed to find the earlier choice does not narrow the next search.
        if (!next) setText('');
      }}
      itemToStringLabel={(choice) => choice.label}
      isItemEqualToValue={sameChoice}
      autoHighlight
    >
      <Combobox.Input
        ref={(input) => setContainer(input?.closest('dialog') ?? document.body)}
        id={id}
        aria-label={label}
        aria-invalid={invalid || undefined}
        autoFocus={autoFocus}
        placeholder={placeholder}
        onFocus={(event) => event.currentTarget.select()}
      />
      <ChoicePopup label={label} said={said} container={container} />
    </Combobox.Root>
  );
}
