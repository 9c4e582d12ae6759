import type { FactAnswer } from '#domain/framework/questions/fact-answer.ts';
import type { EnteredFact } from './entered.store.ts';

/** An entered fact as routes give it. */
export function presentEntered({ id, value, document, asOf, enteredBy, enteredAt }: EnteredFact) {
  return {
    ...{ id, value: value as FactAnswer, document: document ?? '', asOf, enteredBy },
    enteredAt: enteredAt.toISOString(),
  };
}
