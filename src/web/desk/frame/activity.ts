/** How often one tab reports activity to the others, in milliseconds. */
const tellEvery = 1000;

/** The last activity of a person in any tab of this browser: one session has one idle time. */
export class Activity {
  /** In any tab; milliseconds since 1970. */
  last: number;
  /** In this tab. */
  own: number;
  #told = 0;
  readonly #channel = new BroadcastChannel('dudao.activity');
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.own = now();
    this.last = this.own;
    this.#channel.onmessage = ({ data }) => {
      this.last = Math.max(this.last, Number(data) || 0);
    };
  }

  /** The person did something here. */
  note(): void {
    const now = this.#now();
    this.own = now;
    this.last = Math.max(this.last, now);
    if (now - this.#told < tellEvery) return;
    this.#told = now;
    this.#channel.postMessage(now);
  }

  close(): void {
    this.#channel.close();
  }
}
