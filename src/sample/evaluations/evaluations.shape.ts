import { z } from 'zod';
import { list, number, oneOf, parts, text } from '#domain/kit/definition.shape.ts';
import told from '../../../reference/sample/evaluations.json' with { type: 'json' };

const figure = parts({
  ...{ low: number, high: number, places: number },
  of: text.optional(),
  /** Where the years before are asked too: how much less a year before was, as a share of the figure. */
  yearly: number.optional(),
});
const fileNames = [
  ...(['corridorBefore', 'corridorAfter', 'patrolRecord', 'patrolRecordAgain', 'corridorFilm', 'interview'] as const),
  ...(['equipment', 'reportInWord', 'reportInPdf'] as const),
] as const;

/** What the evaluations of the sample say: figures, words, findings and evidence, all of them invented. */
export const sampleWords = parts({
  ...{ county: z.record(z.string(), figure), school: z.record(z.string(), figure) },
  ...{ documents: list(text), notes: list(text), unknown: text, returned: list(text), objection: text },
  /** Why a judge scores as he does: the same as the subject, less, more, or where the subject has no points. */
  reasons: parts({ same: list(text), less: list(text), more: list(text), own: list(text) }),
  ...{ talk: text, talkReason: text, statement: text, answer: text, finished: text, series: text },
  /** What the province said of the whole, by which document, and why of a leaf. */
  province: parts({ words: text, document: text, reason: text }),
  comments: parts({ strength: text, weakness: text, advice: text, highlight: text }),
  findings: list(
    parts({ code: text, kind: oneOf(['duty', 'staffing', 'facilities']), title: text, body: text, measure: text }),
  ),
  evidence: list(parts({ file: oneOf(fileNames), title: text })),
  /** A file that somebody brings as another one: how alike the two are by the measure of the product. */
  again: parts({ file: oneOf(fileNames), of: oneOf(fileNames), closeness: number }),
}).parse(told);

export type SampleFigure = z.output<typeof figure>;
