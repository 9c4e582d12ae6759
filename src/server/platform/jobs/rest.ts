/** A sleep that `wake` ends. After a `wake` since `begin` the sleep does not start, so that no `wake` is lost. */
export interface Rest {
  /** A `wake` after this call counts for the next sleep. */
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
