/** Ticking the parts of a subject that are to be returned. */
export interface Picking {
  readonly has: (part: string) => boolean;
  readonly toggle: (part: string) => void;
}
