import { isFound, searchText, searchWords } from '#domain/text/search.ts';

/** One of many that can be chosen. */
export interface Choice<Value> {
  value: Value;
  label: string;
  /** Beside the label, fainter: a code, the unit above. */
  note?: string;
  /** Further texts for the search: codes, pinyin initials. */
  terms?: string;
}

/** The source of the choices. */
export interface ChoiceSource<Value> {
  /** All choices, searched here … */
  options?: ReadonlyArray<Choice<Value>>;
  /** … or a search on the server. */
  find?: (text: string, signal: AbortSignal) => Promise<ReadonlyArray<Choice<Value>>>;
}

export interface ComboboxProps<Value> extends ChoiceSource<Value> {
  label: string;
  value: Choice<Value> | null;
  onChange: (choice: Choice<Value> | null) => void;
  placeholder?: string;
  id?: string;
  invalid?: boolean;
  /** Put on the first field of a dialog. */
  autoFocus?: boolean;
}

export interface MultiSelectProps<Value> extends ChoiceSource<Value> {
  label: string;
  value: ReadonlyArray<Choice<Value>>;
  onChange: (choices: ReadonlyArray<Choice<Value>>) => void;
  placeholder?: string;
  id?: string;
  invalid?: boolean;
  /** The chosen ones stand beside each other, for short names; otherwise one a line. */
  beside?: boolean;
}

/** The choices whose label, note or terms hold every word of the text; at most 50. */
export function matching<Value>(options: ReadonlyArray<Choice<Value>>, text: string): ReadonlyArray<Choice<Value>> {
  const words = searchWords(text);
  return options.filter(({ label, note, terms }) => isFound(words, searchText([label, note, terms]))).slice(0, 50);
}

/** Whether two choices mean the same thing: a repeated search makes new objects. */
export function sameChoice<Value>(one: Choice<Value>, other: Choice<Value>): boolean {
  return Object.is(one.value, other.value) || (one.label === other.label && one.note === other.note);
}
