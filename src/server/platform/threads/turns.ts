export interface TurnsLimits {
  /** How many pieces of work run at once, and how many more wait. */
  readonly atOnce: number;
  readonly waiting: number;
  /** The maximum of these for one person, so that nobody's work fills all places. */
  readonly ofOne: { readonly atOnce: number; readonly waiting: number };
  /** How many pieces of work on one thing run at once; absent: as many as may run at all. */
  readonly ofThing?: number;
  /** The bytes that waiting work may hold in memory, of everybody and of one person; absent: any number. */
  readonly waitingBytes?: { readonly all: number; readonly ofOne: number };
  /** Milliseconds after which waiting work is refused; absent: it waits until its turn comes. */
  readonly patience?: number;
}

/** The party for which work is done, and what it is done on. */
export interface Claim {
  /** The person whose work it is; without a name only the common limits apply. */
  readonly who?: string | undefined;
  /** The thing that the work changes; work on one thing would only wait for its lock. */
  readonly thing?: string | undefined;
  /** The bytes that the work holds while it waits. */
  readonly bytes?: number | undefined;
  /** Aborted when the party no longer waits for the result: work that has not begun then does not begin. */
  readonly gone?: AbortSignal | undefined;
}

/**
 * Why a piece of work is refused: `own` where its person has enough work here already, `all` where everybody has, `late`
 * where its turn did not come in time, and `gone` where nobody waits for it any more.
 */
export type TurnedAway = 'own' | 'all' | 'late' | 'gone';

/** The right to work; whoever got it ends it, once. */
export interface Turn {
  /** False where the turn came at once. */
  readonly waited: boolean;
  end(): void;
}

interface Waiting extends Claim {
  readonly begin: () => void;
}

/**
 * Lets a few pieces of work run at once and some wait; further work is refused before it uses any resources. Each person
 * and each thing has a share: work above a share waits, while other work passes it. Whoever has the least work running
 * is next, so a newcomer does not stand behind the queue of somebody who sent hundreds.
 */
export class Turns {
  readonly #limits: TurnsLimits;
  #running = 0;
  readonly #runningOf = new Tally();
  readonly #runningOn = new Tally();
  readonly #waiting: Waiting[] = [];
  readonly #waitingOf = new Tally();
  #waitingBytes = 0;
  readonly #waitingBytesOf = new Tally();

  constructor(limits: TurnsLimits) {
    this.#limits = limits;
  }

  /**
   * Runs the work when its turn comes.
   * @throws the error that `refusal` makes, where too much work waits already or the turn does not come in time
   */
  async take<Result>(
    work: () => Promise<Result>,
    refusal: (why: TurnedAway) => Error,
    claim: Claim = {},
  ): Promise<Result> {
    const begun = this.begin(refusal, claim);
    const turn = begun instanceof Promise ? await begun : begun;
    try {
      return await work();
    } finally {
      turn.end();
    }
  }

  /** The turn, at once or as a promise where it must wait; the caller ends it. It throws as `take` does. */
  begin(refusal: (why: TurnedAway) => Error, claim: Claim = {}): Turn | Promise<Turn> {
    if (claim.gone?.aborted) throw refusal('gone');
    if (!this.#mayBegin(claim)) return this.#wait(refusal, claim).then(() => this.#turnOf(claim, true));
    this.#start(claim);
    return this.#turnOf(claim, false);
  }

  /** How much work waits now. */
  get waiting(): number {
    return this.#waiting.length;
  }

  #turnOf(claim: Claim, waited: boolean): Turn {
    let ended = false;
    return {
      waited,
      end: () => {
        if (ended) return;
        ended = true;
        this.#running -= 1;
        this.#runningOf.add(claim.who, -1);
        this.#runningOn.add(claim.thing, -1);
        this.#callNext();
      },
    };
  }

  #wait(refusal: (why: TurnedAway) => Error, claim: Claim): Promise<void> {
    const tooMuch = this.#tooMuchWaits(claim);
    if (tooMuch !== null) throw refusal(tooMuch);
    return new Promise((resolve, reject) => {
      const { patience } = this.#limits;
      const settled = () => {
        clearTimeout(late);
        claim.gone?.removeEventListener('abort', go);
      };
      const giveUp = (why: TurnedAway) => {
        settled();
        this.#leave(waiting);
        reject(refusal(why));
      };
      const go = () => giveUp('gone');
      const late = patience === undefined ? undefined : setTimeout(giveUp, patience, 'late');
      claim.gone?.addEventListener('abort', go, { once: true });
      const waiting: Waiting = {
        ...claim,
        begin: () => {
          settled();
          resolve();
        },
      };
      this.#waiting.push(waiting);
      this.#countWaiting(waiting, 1);
    });
  }

  #leave(waiting: Waiting): void {
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    this.#countWaiting(waiting, -1);
  }

  #countWaiting({ who, bytes = 0 }: Claim, sign: 1 | -1): void {
    this.#waitingOf.add(who, sign);
    this.#waitingBytes += sign * bytes;
    this.#waitingBytesOf.add(who, sign * bytes);
  }

  /** Work that would wait alone is never too large, because its size has a limit of its own. */
  #tooMuchWaits({ who, bytes = 0 }: Claim): 'own' | 'all' | null {
    const { ofOne, waiting, waitingBytes } = this.#limits;
    const own = this.#waitingOf.of(who);
    if (own >= ofOne.waiting) return 'own';
    if (this.#waiting.length >= waiting) return 'all';
    if (waitingBytes === undefined) return null;
    if (own > 0 && this.#waitingBytesOf.of(who) + bytes > waitingBytes.ofOne) return 'own';
    return this.#waiting.length > 0 && this.#waitingBytes + bytes > waitingBytes.all ? 'all' : null;
  }

  #start({ who, thing }: Claim): void {
    this.#running += 1;
    this.#runningOf.add(who, 1);
    this.#runningOn.add(thing, 1);
  }

  /** The places go to waiting work without becoming free in between. One end may free a person and a thing. */
  #callNext(): void {
    while (this.#running < this.#limits.atOnce) {
      let next: Waiting | undefined;
      for (const one of this.#waiting) {
        if (!this.#mayBegin(one)) continue;
        if (next === undefined || this.#runningOf.of(one.who) < this.#runningOf.of(next.who)) next = one;
        if (this.#runningOf.of(next.who) === 0) break;
      }
      if (next === undefined) return;
      this.#leave(next);
      this.#start(next);
      next.begin();
    }
  }

  #mayBegin({ who, thing }: Claim): boolean {
    const { atOnce, ofOne, ofThing = atOnce } = this.#limits;
    return this.#running < atOnce && this.#runningOf.of(who) < ofOne.atOnce && this.#runningOn.of(thing) < ofThing;
  }
}

/** Numbers by name; what has no name is not counted. */
class Tally {
  readonly #counts = new Map<string, number>();

  of(name: string | undefined): number {
    return name === undefined ? 0 : (this.#counts.get(name) ?? 0);
  }

  add(name: string | undefined, number: number): void {
    if (name === undefined) return;
    const count = this.of(name) + number;
    if (count === 0) this.#counts.delete(name);
    else this.#counts.set(name, count);
  }
}
