import { linkOptions } from '@tanstack/react-router';

/** Where what came of an evaluation is read. */
export const opinionOf = (evaluationId: string) =>
  linkOptions({ to: '/evaluations/$evaluationId', params: { evaluationId }, search: { part: 'opinion' } });
