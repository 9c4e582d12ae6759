import type { Revised } from '#core/audit/last-change.ts';

/** What one transaction has sent: statements that name a revision, and its rows in the audit as `type action`. */
interface Sent {
  readonly texts: readonly string[];
  readonly acts: readonly string[];
}

/**
 * Watches the transactions that committed: whatever raises the revision of a row has to leave an act in the audit that is
 * in the list of its table. Otherwise a conflict would name the person of an earlier change.
 */
export class RevisionWatch {
  readonly #committed = new Map<string, Sent>();

  /** Follows one connection. */
  watch(): { sent(text: string, values: readonly unknown[]): void } {
    let texts: string[] = [];
    let acts: string[] = [];
    return {
      sent: (text, values) => {
        if (text.startsWith('begin')) [texts, acts] = [[], []];
        else if (text === 'commit') {
          // A store that a test calls by itself leaves no act.
          if (texts.length > 0 && acts.length > 0) this.#committed.set(JSON.stringify([texts, acts]), { texts, acts });
        } else if (text.includes('record_audit(')) acts.push(...actsOf(values));
        else if (text.includes('revision')) texts.push(text);
      },
    };
  }

  /** `writers` are the functions of the database that name a revision. */
  faults(revised: readonly Revised[], writers: readonly { readonly name: string; readonly body: string }[]): string[] {
    const raisedBy = new Map(writers.map(({ name, body }) => [name, raisedIn(body)]));
    const found = [...this.#committed.values()].flatMap(({ texts, acts }) => {
      const tables = texts.flatMap((text) => [
        ...raisedIn(text),
        ...calledIn(text).flatMap((name) => raisedBy.get(name) ?? []),
      ]);
      return [...new Set(tables)].flatMap((table) => {
        const lists = revised.filter((one) => one.table === table);
        const known = lists.flatMap((one) => one.acts.map((act) => `${one.type} ${act}`));
        if (lists.length === 0 || acts.some((act) => known.includes(act))) return [];
        return [`raises the revision of ${table} by no act of its list, but by: ${[...new Set(acts)].join(', ')}`];
      });
    });
    return [...new Set(found)];
  }
}

/** The audit rows of one call of `record_audit`: the values of one row, or many rows as JSON. */
function actsOf(values: readonly unknown[]): string[] {
  const [first] = values;
  if (typeof first !== 'string') return [`${values[4]} ${values[3]}`];
  return (JSON.parse(first) as { kind: string; act: string }[]).map(({ kind, act }) => `${kind} ${act}`);
}

const updates = /\bupdate\s+"?(\w+)"?(?:\s+(?:as\s+)?\w+)?\s+set\s+((?:(?!\bwhere\b)[^;])*)/gi;
const upserts =
  /\binsert\s+into\s+"?(\w+)"?(?:(?!\binsert\s+into\b)[^;])*?\bdo\s+update\s+set\s+((?:(?!\bwhere\b)[^;])*)/gi;

/** The tables whose revision a statement, or the body of a function, counts up. */
function raisedIn(text: string): string[] {
  return [...text.matchAll(updates), ...text.matchAll(upserts)]
    .filter(([, , set]) => /\brevision"?\s*=/.test(set!))
    .map(([, table]) => table!);
}

/** The names of the functions that a statement calls. */
const calledIn = (text: string): string[] => [...text.matchAll(/\b(\w+)\s*\(/g)].map(([, name]) => name!);
