/** What steps, comments, notices and files hang on: a row of a feature, named by its type and its uuid. */
export interface SubjectRef {
  /** `filing`, and whatever other features move. */
  readonly type: string;
  readonly id: string;
  readonly placeId: number;
  /** Null where it belongs to its place as a whole. */
  readonly schoolId: number | null;
}
