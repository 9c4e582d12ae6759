/** A sleep that `wake` ends. A `wake` that came since `begin` keeps the sleep from beginning, so that none is lost. */
export interface Rest {
  /** A `wake` from here on counts for the next sleep. */
  begin(): void;
  sleep(milliseconds: number): Promise<void>;
  wake(): void;
}

export function openRest(): Rest {
  let woken = false;
  let end: () => void = () => {};
  return {
    begin() {
      woken = false;
    },
    sleep(milliseconds) {
      if (woken) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    wake() {
      woken = true;
      end();
    },
  };
}
