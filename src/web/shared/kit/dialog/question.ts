export interface ConfirmQuestion {
  title: string;
  /** What will happen, with the exact count. */
  text?: string;
  /** What speaks against it and does not bar it: stands out from the text. */
  warning?: string | undefined;
  /** The verb of the button: `批准全部 9 所`. */
  verb: string;
  danger?: boolean;
}

export interface TextQuestion extends ConfirmQuestion {
  /** The name of the text: `退回原因`. */
  label: string;
  help?: string;
  /** Usual answers; choosing one writes it into the text, which the person may change. */
  suggestions?: readonly string[];
  required?: boolean;
  maxLength?: number;
}

export type Question =
  | { kind: 'confirm'; question: ConfirmQuestion; answer: (yes: boolean) => void }
  | { kind: 'text'; question: TextQuestion; answer: (text: string | null) => void };

let current: Question | null = null;
const listeners = new Set<() => void>();

export const questionStore = {
  subscribe: (listen: () => void) => {
    listeners.add(listen);
    return () => listeners.delete(listen);
  },
  read: () => current,
  put: (question: Question | null) => {
    current = question;
    for (const listen of listeners) listen();
  },
};

/** Asks before something is done: `if (await confirm({ title, text, verb })) …`. */
export function confirm(question: ConfirmQuestion): Promise<boolean> {
  return new Promise((answer) => questionStore.put({ kind: 'confirm', question, answer }));
}

/** Asks for a sentence (a reason); null when the person cancelled. */
export function ask(question: TextQuestion): Promise<string | null> {
  return new Promise((answer) => questionStore.put({ kind: 'text', question, answer }));
}
