/** A sleep that a word ends; a word that comes before the sleep keeps it from beginning. */
export interface Rest {
  /** From here on a word counts for the next sleep. */
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
