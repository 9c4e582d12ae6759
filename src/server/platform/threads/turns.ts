export interface TurnsLimits {
  /** How many pieces of work run at once, and how many more wait. */
  readonly atOnce: number;
  readonly waiting: number;
  /** The maximum of these for one person, so that nobody's work fills all places. */
  readonly ofOne: { readonly atOnce: number; readonly waiting: number };
}

/** Why a piece of work is refused: `own` where its person has enough work here already. */
export type TurnedAway = 'own' | 'all';

interface Waiting {
  readonly who: string | undefined;
  readonly begin: () => void;
}

/**
 * Lets a few pieces of heavy work run at once and some wait; further work is refused before it uses any resources. Each
 * person has a share: work above the share waits, while other people's work passes it.
 */
export class Turns {
  readonly #limits: TurnsLimits;
  readonly #running: (string | undefined)[] = [];
  readonly #waiting: Waiting[] = [];

  constructor(limits: TurnsLimits) {
    this.#limits = limits;
  }

  /**
   * Runs the work when its turn comes.
   * @param who the person whose work it is; without a name only the common limits apply
   * @throws the error that `refusal` makes, where too many pieces of work wait already
   */
  async take<Result>(work: () => Promise<Result>, refusal: (why: TurnedAway) => Error, who?: string): Promise<Result> {
    if (this.#mayBegin(who)) this.#running.push(who);
    else {
      const own = this.#waiting.filter((one) => who !== undefined && one.who === who).length;
      if (own >= this.#limits.ofOne.waiting) throw refusal('own');
      if (this.#waiting.length >= this.#limits.waiting) throw refusal('all');
      await new Promise<void>((begin) => this.#waiting.push({ who, begin }));
    }
    try {
      return await work();
    } finally {
      this.#running.splice(this.#running.indexOf(who), 1);
      // The place goes to the longest waiting work that may begin, without becoming free in between.
      const next = this.#waiting.findIndex((one) => this.#mayBegin(one.who));
      if (next >= 0) {
        const [taken] = this.#waiting.splice(next, 1);
        this.#running.push(taken!.who);
        taken!.begin();
      }
    }
  }

  #mayBegin(who: string | undefined): boolean {
    if (this.#running.length >= this.#limits.atOnce) return false;
    return who === undefined || this.#running.filter((one) => one === who).length < this.#limits.ofOne.atOnce;
  }
}
