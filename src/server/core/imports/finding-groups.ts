import type { ImportFinding, ImportFindingGroup } from '#contract/kit/imports.shape.ts';

type Weight = ImportFindingGroup['weight'];

/**
 * Findings grouped by cause, in the order in which causes were met. All are counted, but only as many are kept as are
 * shown, for each severity. Hard findings take their places first, so that soft ones never hide a finding that forbids
 * taking the table.
 */
export class FindingGroups {
  readonly #titles: Readonly<Record<string, string>>;
  readonly #most: number;
  readonly #groups = new Map<string, ImportFindingGroup>();
  readonly #counts = { hard: 0, soft: 0 };

  /**
   * @param titles the heading of a group, by its cause
   * @param most the number of findings to list; further ones are only counted
   */
  constructor(titles: Readonly<Record<string, string>>, most = 2000) {
    this.#titles = titles;
    this.#most = most;
  }

  /** @param title for a cause that has none of its own */
  add(cause: string, weight: Weight, finding: ImportFinding, title?: string): void {
    let group = this.#groups.get(cause);
    if (!group) {
      group = { cause, title: this.#titles[cause] ?? title ?? cause, weight, findings: [], total: 0 };
      this.#groups.set(cause, group);
    }
    group.total += 1;
    this.#counts[weight] += 1;
    if (this.#counts[weight] <= this.#most) group.findings.push(finding);
  }

  count(weight: Weight): number {
    return this.#counts[weight];
  }

  get list(): ImportFindingGroup[] {
    let left = this.#most;
    return (['hard', 'soft'] as const).flatMap((weight) =>
      [...this.#groups.values()]
        .filter((group) => group.weight === weight)
        .map((group) => {
          const findings = group.findings.slice(0, left);
          left -= findings.length;
          return { ...group, findings };
        })
        .filter((group) => group.findings.length > 0),
    );
  }

  /** The note that the list is cut, where it is. */
  get notes(): string[] {
    const isCut = this.count('hard') + this.count('soft') > this.#most;
    return isCut ? [`错误过多，只列出前 ${this.#most} 处。`] : [];
  }
}
