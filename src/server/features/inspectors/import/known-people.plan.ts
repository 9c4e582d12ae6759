/** What tells people of a register apart. */
interface Person {
  readonly name: string;
  readonly kind: string;
  readonly certificateNumber: string | null;
}

/** People found by their name and kind, or by their certificate, at once also in a list of many thousands. */
export class KnownPeople<One extends Person> {
  readonly #named = new Map<string, One[]>();
  readonly #certified = new Map<string, One>();

  constructor(people: readonly One[]) {
    for (const one of people) this.add(one);
  }

  add(one: One): void {
    const key = keyOf(one);
    const named = this.#named.get(key);
    // Namesakes differ by their certificates: the first without one stands for all without one.
    if (named === undefined) this.#named.set(key, [one]);
    else if (one.certificateNumber === null) named.unshift(one);
    else named.push(one);
    if (one.certificateNumber !== null && !this.#certified.has(one.certificateNumber)) {
      this.#certified.set(one.certificateNumber, one);
    }
  }

  /** The same person of the same kind: by the certificate where both have one. */
  same(asked: Person): One | undefined {
    const named = this.#named.get(keyOf(asked));
    if (named === undefined) return undefined;
    const [first] = named;
    if (asked.certificateNumber === null || first?.certificateNumber === null) return first;
    const certified = this.withCertificate(asked);
    return certified !== undefined && keyOf(certified) === keyOf(asked) ? certified : undefined;
  }

  withCertificate({ certificateNumber }: Person): One | undefined {
    return certificateNumber === null ? undefined : this.#certified.get(certificateNumber);
  }
}

const keyOf = ({ name, kind }: Person) => `${kind} ${name}`;
