import { useEffect } from 'react';
import { late, useLate } from '../late.ts';
import type { Choice, ChoiceSource } from './choice.ts';

export interface MultiSelectProps<Value> extends ChoiceSource<Value> {
  label: string;
  value: ReadonlyArray<Choice<Value>>;
  onChange: (choices: ReadonlyArray<Choice<Value>>) => void;
  placeholder?: string;
  id?: string;
  invalid?: boolean;
}

const field = late(() => import('./MultiSelectField.tsx'));
const usualPlaceholder = '输入名称、代码或拼音首字母';

/** Chooses several of many by typing; what is chosen stands above the field, and Backspace takes the last one back. */
export function MultiSelect<Value>({ placeholder = usualPlaceholder, ...props }: MultiSelectProps<Value>) {
  const part = useLate(field);
  useEffect(() => void field.load().catch(() => {}), []);
  if (part) return <part.MultiSelectField {...props} placeholder={placeholder} />;
  return <input id={props.id} aria-label={props.label} disabled placeholder={placeholder} />;
}
