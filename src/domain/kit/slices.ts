/** Long work that may pause at each `yield`, so that its caller may do something else. */
export type Slices<Result> = Generator<undefined, Result, undefined>;
