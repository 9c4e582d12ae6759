/**
 * The object to which steps, comments, notices and files belong: a row of a feature, named by its type and its uuid.
 */
export interface SubjectRef {
  /** `filing`, and the types of other features. */
  readonly type: string;
  readonly id: string;
  readonly placeId: number;
  /** Null if the subject belongs to its place as a whole. */
  readonly schoolId: number | null;
}
