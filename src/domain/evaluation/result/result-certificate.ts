/**
 * The version of the engine that scores and concludes. It stands in the certificate of a result, and rises when the same scores
 * would give another total or conclusion.
 */
export const scoringEngine = '1';
