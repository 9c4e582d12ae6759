import { answer, questions } from '#contract/frameworks/questions.ts';
import { serving } from '#core/access/serve.ts';
import type { FrameworkHandle } from '../framework.store.ts';
import { answerQuestion, listQuestions } from './question.act.ts';

const on = serving<FrameworkHandle>();

export const frameworkQuestionRoutes = [
  on(questions, (ctx, { query }) => listQuestions(ctx, query)),
  on(answer, (ctx, { body }) => answerQuestion(ctx, body)),
];
