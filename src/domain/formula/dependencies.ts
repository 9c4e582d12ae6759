import { problem } from '../kit/problem.ts';

/** A derived field and the fields its formula reads. */
export interface Derivation {
  readonly name: string;
  readonly reads: readonly string[];
}

/**
 * Orders derived fields so that each comes after those it reads (names that are not derived are entered by people and
 * need no place).
 * @throws Problem `formula.cycle` naming the fields of the cycle, the first one repeated at the end
 */
export function orderOfDerivation(derivations: readonly Derivation[]): string[] {
  const reads = new Map(derivations.map((derivation) => [derivation.name, derivation.reads]));
  const order: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (done.has(name) || !reads.has(name)) return;
    if (path.includes(name)) throw problem('formula.cycle', { names: [...path.slice(path.indexOf(name)), name] });
    for (const read of reads.get(name)!) visit(read, [...path, name]);
    done.add(name);
    order.push(name);
  };
  for (const { name } of derivations) visit(name, []);
  return order;
}
